import { Command } from 'commander';
import { ON_THE_SERVER } from '../../modules/operators/index.ts';
import { ForgetRefused, type ForgetRequest, type ForgetScene, type Privacy } from '../../modules/privacy/index.ts';
import { requireApp } from './named-app.ts';
import { CommandError, print } from './output.ts';
import { askConfirmation, readSecretLine } from './prompt.ts';
import { withModules } from './session.ts';

interface ForgetOptions {
  readonly app: string;
  readonly account?: string;
  readonly idNumber?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

/** `signet forget-person`: shows what would be erased and what must stay, then erases it. */
export function forgetCommand(): Command {
  return new Command('forget-person')
    .description('erase the personal data of one person (删除个人信息), or the persons that a company names')
    .requiredOption('--app <appKey>', 'the app whose account it is')
    .option('--account <accountId>', 'the account; all accounts of the same id number go with it')
    .option('--id-number', 'read an id number from the terminal or from standard input instead')
    .option('--dry-run', 'only show what would happen')
    .option('--yes', 'do not ask')
    .action((options: ForgetOptions) =>
      withModules(async ({ apps, privacy }) => {
        const app = await requireApp(apps, options.app);
        await forget(privacy, { appId: app.id, who: await readWho(options) }, options);
      }),
    );
}

/** An id number never stands in the command: the list of processes and the history of the shell would keep it. */
async function readWho({ account, idNumber }: ForgetOptions): Promise<ForgetRequest['who']> {
  if ((account === undefined) === (idNumber === undefined)) {
    throw new CommandError('Name the person by --account <accountId> or by --id-number, not by both.');
  }
  if (account !== undefined) return { accountId: account };
  const given = await readSecretLine('Id number (not shown): ');
  if (!given) throw new CommandError('No id number was given.');
  return { idNumber: given.toUpperCase() };
}

async function forget(privacy: Privacy, request: ForgetRequest, { dryRun, yes }: ForgetOptions): Promise<void> {
  const scene = await privacy.look(request);
  if (!scene) throw new CommandError('Nothing is known of such a person in this app.');
  printScene(scene);
  if (scene.openRoles.length > 0) throw refusal(scene.openRoles);
  if (dryRun) return;
  if (!yes && !(await askConfirmation('Erase this for good? It cannot be undone. Type "erase" to go on: ', 'erase'))) {
    throw new CommandError('Nothing was erased.');
  }
  await privacy.forget(request, ON_THE_SERVER).catch((error: unknown) => {
    throw error instanceof ForgetRefused ? refusal(error.openRoles) : error;
  });
  print('Done. Backups made before now still hold what was erased: delete or outlive them.');
}

function printScene(scene: ForgetScene): void {
  const { accounts, organization, organizations, traces, messages, footprint } = scene;
  print('Erased:');
  for (const { accountId, state } of accounts) print(`  account ${accountId} (${state}); its id cannot be used again`);
  if (organization)
    print(`  representative, agent and phone of the company ${organization.accountId}; the company stays`);
  for (const { accountId } of organizations)
    print(`  the person as agent, representative or phone of the company ${accountId}`);
  printCount(traces.flowIds.length, 'verification flows with their facts, checks, payouts and letters');
  printCount(traces.pageIds.length, 'verification pages with what was filled in');
  printCount(traces.letterFiles.length, 'uploaded authorization letters');
  printCount(messages, 'messages to these numbers, and codes');
  printCount(scene.sealsToWipe, 'drawings of seals that stand in no signed file');
  printCount(scene.grants.length, 'seal grants, which end now');
  if (accounts.length > 0) print('  links to pages, sessions, private keys');
  print('Stays (个人信息保护法 §47: what other law asks to keep is kept, and used for nothing else):');
  const { contracts, signed } = footprint;
  if (contracts > 0) {
    print(`  ${contracts} contracts with their files, parties and account ids: they belong to all parties, and prove`);
    print('    what was agreed (民法典 §469, 电子签名法 §6)');
  }
  if (signed > 0)
    print(`  certificates of ${signed} signatures, and seals shown there: they stand in the signed files`);
  print('  evidence: steps with masked or hashed facts, which cannot be taken out unseen (电子签名法 §8)');
  print('  the entry of this erasure in the audit log, without personal data');
}

function printCount(count: number, what: string): void {
  if (count > 0) print(`  ${count} ${what}`);
}

function refusal(openRoles: ForgetRefused['openRoles']): CommandError {
  if (openRoles.length === 0) return new CommandError('Nothing is known of such a person in this app.');
  const lines = openRoles.map(({ contractId, businessCode, accountId, asAgent }) => {
    const code = businessCode === null ? '' : ` (${businessCode})`;
    return `  ${contractId}${code} waits for ${accountId}${asAgent ? ', for whom this person acts' : ''}`;
  });
  return new CommandError(
    [
      'Nothing was erased: these contracts still wait for a signature of this person.',
      ...lines,
      'Let them be signed or declined, or take them back (the app calls 撤销合同, or an operator revokes them in the console).',
    ].join('\n'),
  );
}
