import type { Tx } from '../../kernel/database.ts';
import type { NewEvidence } from '../evidence/index.ts';
import type { UserKind } from './user.ts';

/** Draws and keeps the seal that every verified user gets (默认印章); fulfilled by `seals`, which stands above. */
export interface DefaultSeals {
  /** Work for the processor, so it is done before the transaction. */
  draw(owner: { readonly kind: UserKind; readonly name: string }): DrawnSeal;
}

/** A seal that is drawn but not kept yet. */
export interface DrawnSeal {
  /** A sentence for the caller when the seal could not be drawn as usual. */
  readonly notice: string | undefined;
  /** Keeps it as a seal of that user; a seal that it replaces goes out of use. */
  keep(tx: Tx, owner: SealOwner): Promise<KeptSeal>;
}

export interface KeptSeal {
  readonly sealId: number;
  /** For the chain of its owner. */
  readonly evidence: readonly NewEvidence[];
}

export interface SealOwner {
  readonly appId: string;
  readonly userId: string;
  readonly replacedSealId?: number | undefined;
  readonly at: Date;
}
