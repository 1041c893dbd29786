/** `npm run bench`: medians and ratios against a baseline in the same run. `npm run bench -- requests` runs one part. */
import { startBenchServer } from './bench-server.ts';
import { benchContracts } from './contracts.ts';
import { benchFirstPage } from './first-page.ts';
import { benchRequests } from './requests.ts';
import { benchSeals } from './seals.ts';
import { benchSignatures } from './signatures.ts';

const parts = process.argv.slice(2);
const wants = (part: string) => parts.length === 0 || parts.includes(part);

if (wants('seals')) benchSeals();
if (wants('signatures')) await benchSignatures();
if (wants('requests') || wants('contracts') || wants('first-page')) {
  const server = await startBenchServer();
  try {
    if (wants('requests')) await benchRequests(server);
    if (wants('contracts')) await benchContracts(server);
    if (wants('first-page')) await benchFirstPage(server);
  } finally {
    await server.stop();
  }
}
