/** What operators watch besides requests. Numbers only: nothing in `/metrics` tells of a person. */
import type { Clock } from '../../kernel/clock.ts';
import type { Contracts } from '../../modules/contracts/index.ts';
import type { Privacy } from '../../modules/privacy/index.ts';
import type { ReadGauge } from './routes.ts';

export interface GaugesDependencies {
  readonly contracts: Pick<Contracts, 'sealing'>;
  readonly privacy: Pick<Privacy, 'retention'>;
  readonly clock: Clock;
}

export function platformGauges({ contracts, privacy, clock }: GaugesDependencies): ReadGauge[] {
  const { retention } = privacy;
  return [
    {
      name: 'signet_signatures_owed',
      help: 'Signatures that a party has confirmed and that are not there yet',
      read: async () => [{ value: (await contracts.sealing.debt()).owed }],
    },
    {
      name: 'signet_signatures_failing',
      help: 'Of these, how many have failed at least once and are tried again',
      read: async () => [{ value: (await contracts.sealing.debt()).failing }],
    },
    {
      name: 'signet_signatures_oldest_owed_seconds',
      help: 'How long the oldest owed signature has been waiting; 0 when none is owed',
      read: async () => {
        const { oldestAt } = await contracts.sealing.debt();
        return [{ value: oldestAt ? (clock.now().getTime() - oldestAt.getTime()) / 1000 : 0 }];
      },
    },
    {
      ...{ name: 'signet_retention_erased_total', labelNames: ['kind'] },
      help: 'Pieces of data erased because their time was over',
      read: async () => (await retention.counts()).map(({ kind, erased }) => ({ labels: { kind }, value: erased })),
    },
    {
      ...{ name: 'signet_retention_last_run_timestamp_seconds', labelNames: ['kind'] },
      help: 'When each kind of data was swept last',
      read: async () =>
        (await retention.counts()).map(({ kind, lastRunAt }) => ({
          labels: { kind },
          value: lastRunAt.getTime() / 1000,
        })),
    },
  ];
}
