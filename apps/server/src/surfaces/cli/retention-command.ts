import { Command } from 'commander';
import { toShanghai } from '../../kernel/time.ts';
import { KEPT_FOR_GOOD, type RuleInForce } from '../../modules/privacy/index.ts';
import { print } from './output.ts';
import { withModules } from './session.ts';

const MINUTE_MS = 60_000;
const UNITS = [
  [24 * 60 * MINUTE_MS, 'day'],
  [60 * MINUTE_MS, 'hour'],
  [MINUTE_MS, 'minute'],
] as const;

/** `signet retention [--now]`: what is kept for how long, why, and what is due. */
export function retentionCommand(): Command {
  return new Command('retention')
    .description('what is kept for how long and why, what is due, what was erased')
    .option('--now', 'erase what is due at once, instead of waiting for the server to do it')
    .action(({ now = false }: { now?: boolean }) =>
      withModules(async ({ privacy: { retention } }) => {
        if (now) await retention.run();
        for (const rule of await retention.rulesInForce()) printRule(rule);
        print('Kept without an end, until a person is forgotten (npx signet forget-person):');
        for (const { what, why } of KEPT_FOR_GOOD) print(`  ${what}: ${why}.`);
      }),
    );
}

function printRule({ kind, what, from, why, periodMs, setting, due, erased, lastRunAt }: RuleInForce): void {
  const adjustable = setting === undefined ? '' : ` (${setting})`;
  print(`${kind}: ${periodMs === 0 ? 'at once' : duration(periodMs)}${adjustable}, counted from ${from}`);
  print(`  What   ${what}.`);
  print(`  Why    ${why}.`);
  print(`  Due    ${due}; erased so far ${erased}; last sweep ${lastRunAt ? toShanghai(lastRunAt) : 'never'}`);
}

function duration(milliseconds: number): string {
  const [size, unit] = UNITS.find(([each]) => milliseconds % each === 0) ?? [1, 'millisecond'];
  const count = milliseconds / size;
  return `${count.toLocaleString('en')} ${unit}${count === 1 ? '' : 's'}`;
}
