import { Command } from 'commander';
import { sealedColumns } from '../../platform.ts';
import { print } from './output.ts';
import { withModules } from './session.ts';

/** `signet rotate-data-key`. */
export function dataKeyCommand(): Command {
  return new Command('rotate-data-key')
    .description(
      'encrypt secrets and personal data again under a new key, while servers run; takes half a minute and more',
    )
    .action(() =>
      withModules(async (_modules, { dataKeys }) => {
        await dataKeys.rotate(sealedColumns(), print);
        print('Done. Backups made before now still need the old key, which they contain.');
      }),
    );
}
