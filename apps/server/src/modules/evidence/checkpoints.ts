import type { Clock } from '../../kernel/clock.ts';
import type { Database } from '../../kernel/database.ts';
import { canonicalJson, GENESIS_HASH, hashCheckpoint } from './chain.ts';
import type { CheckpointSigner } from './ports.ts';
import type { Evidence } from './service.ts';
import * as store from './store.ts';

const HEADS_PER_CHECKPOINT = 10_000;

export type Checkpoints = ReturnType<typeof createCheckpoints>;

/** Signed checkpoints over all chains: with them a chain cannot be cut short or replaced unseen, even with full database access. */
export function createCheckpoints({ database, evidence, signer, clock }: CheckpointDependencies) {
  return {
    /** Takes in what moved since the last checkpoint; returns how many heads. The key is used outside any transaction. */
    async take(): Promise<number> {
      const heads = await store.movedHeads(database.db, HEADS_PER_CHECKPOINT);
      if (heads.length === 0) return 0;
      const last = await store.lastCheckpoint(database.db);
      const content = {
        number: (last?.number ?? 0) + 1,
        at: clock.now(),
        previousHash: last?.hash ?? GENESIS_HASH,
        heads: canonicalJson(
          heads.map((head) => [head.subject, head.sequence, Buffer.from(head.hash).toString('hex')]),
        ),
      };
      const hash = hashCheckpoint(content);
      const { signature, certificate } = await signer.sign(hash);
      const taken = heads.map((head) => {
        const after = { ...head, checkpoint: content.number, moved: false };
        return { ...after, mac: evidence.macOf(after) };
      });
      const stored = await database.transaction((tx) =>
        store.saveCheckpoint(tx, { ...content, hash, signature, certificate }, taken),
      );
      return stored ? heads.length : 0;
    },
  };
}

export interface CheckpointDependencies {
  readonly database: Database;
  readonly evidence: Pick<Evidence, 'macOf'>;
  readonly signer: CheckpointSigner;
  readonly clock: Clock;
}
