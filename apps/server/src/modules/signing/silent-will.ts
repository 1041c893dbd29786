/** 无感签署: a party's will by a grant of its seal's owner. */
import type { Tx } from '../../kernel/database.ts';
import type { ConfirmingParty, Will } from '../contracts/index.ts';
import type { User } from '../users/index.ts';
import type { SigningDependencies } from './dependencies.ts';

export interface SilentSigner {
  readonly owner: User;
  readonly placements: ConfirmingParty['placements'];
  /** The seal for those places that name none; the owner's default seal when null. */
  readonly sealId: number | null;
}

interface SealUse {
  readonly authorizeCode: string | null;
  readonly sealId: number;
}

type Means = Pick<SigningDependencies, 'seals' | 'clock'>;

/** Every seal that will be shown must be granted to this app by this very party, now. */
export async function grantedWill(means: Means, tx: Tx, { owner, placements, sealId }: SilentSigner): Promise<Will> {
  const chosen = sealId ?? owner.defaultSealId;
  const uses = new Map(
    placements.map((placement) => {
      const use: SealUse = { authorizeCode: placement.authorizeCode, sealId: placement.sealId ?? chosen };
      return [JSON.stringify(use), use] as const;
    }),
  );
  const grants: string[] = [];
  for (const use of uses.values()) grants.push(await grantedCode(means, tx, owner, use));
  return { mode: 'silent', sealId: chosen, detail: { grants } };
}

/** The grant that the contract names or, when that one has ended, another one by which the owner granted the same seal. */
async function grantedCode({ seals, clock }: Means, tx: Tx, owner: User, use: SealUse): Promise<string> {
  const silentUse = { appId: owner.appId, ownerId: owner.id, sealId: use.sealId, at: clock.now() };
  const grantFor = async (named: { readonly authorizeCode?: string }): Promise<string> =>
    (await seals.grantFor(tx, { ...silentUse, ...named })).authorizeCode;
  if (use.authorizeCode === null) return grantFor({});
  return grantFor({ authorizeCode: use.authorizeCode }).catch((refusal: unknown) =>
    grantFor({}).catch(() => {
      throw refusal;
    }),
  );
}
