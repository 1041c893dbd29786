/** Everything that the signing page shows, as it stands now. */
import type { Contract, PageFile, PageOptions, Party, Placement } from '../contracts/index.ts';
import { placeId } from '../contracts/index.ts';
import type { SealChoice } from '../seals/index.ts';
import { LinkError } from '../tickets/index.ts';
import { FORGOTTEN_NAME } from '../users/index.ts';
import type { Standing } from './ceremony.ts';
import { openPage, type Scene, type Signatory, sceneOf, signatoryOf, type Visit } from './ceremony-scene.ts';
import { effectiveSealId, sealsOnOffer } from './ceremony-seals.ts';
import type { SigningDependencies } from './dependencies.ts';

export interface NamedParty {
  readonly party: Party;
  readonly name: string;
}

export interface PlaceOnPage {
  readonly placeId: string;
  readonly fileCode: string;
  readonly planned: Placement['planned'][number];
  readonly requested: Placement['requested'];
  readonly owner: NamedParty;
  /** The contract names the seal of this place. */
  readonly fixedSealId: number | null;
}

export interface CeremonyView {
  readonly standing: Standing;
  readonly contract: Contract;
  readonly options: PageOptions;
  readonly self: Party;
  readonly signatory: Signatory;
  readonly parties: readonly NamedParty[];
  /** Empty, like the places, while the documents must not be shown. */
  readonly files: readonly PageFile[];
  readonly places: readonly PlaceOnPage[];
  readonly seals: readonly SealChoice[];
  readonly chosenSealId: number | null;
  readonly mayDraw: boolean;
}

/** @throws LinkError when the link's time is over and there is no outcome to tell. */
export async function viewOf(means: SigningDependencies, visit: Visit): Promise<CeremonyView> {
  const scene = await (visit.isExpired ? sceneOf(means, means.database.db, visit) : openPage(means, visit));
  const { standing, contract, options, party } = scene;
  if (visit.isExpired && standing.step !== 'closed') throw new LinkError('LINK_EXPIRED');

  const signatory = await signatoryOf(means, scene);
  const parties = await namedParties(means, scene);
  const documents = standing.mayRead && !visit.isExpired ? await means.contracts.pageDocuments(contract) : NOTHING;
  const { files, placements } = documents;
  const choice = await choiceOf(means, scene, signatory, placements);
  const places = placements.flatMap((placement) => placesOnPage(placement, parties));
  const mayDraw = signatory.user.kind === 'person';
  return { standing, contract, options, self: party, signatory, parties, files, places, ...choice, mayDraw };
}

const NOTHING = { files: [], placements: [] } as const;

async function namedParties(
  { users, database }: SigningDependencies,
  { contract, parties }: Scene,
): Promise<NamedParty[]> {
  const accounts = parties.map((party) => party.accountId);
  const found = await users.findKnown(database.db, contract.appId, accounts);
  return parties.map((party) => ({ party, name: found.get(party.accountId)?.name ?? FORGOTTEN_NAME }));
}

/** Seals are shown while there is something to sign with them. */
async function choiceOf(
  means: SigningDependencies,
  { standing, ceremony, party }: Scene,
  { user }: Signatory,
  placements: readonly Placement[],
): Promise<Pick<CeremonyView, 'seals' | 'chosenSealId'>> {
  if (standing.step === 'closed' || !standing.mayRead) return { seals: [], chosenSealId: null };
  const need = { user, ceremony, placements: placements.filter((placement) => placement.partyId === party.id) };
  const seals = await sealsOnOffer(means, means.database.db, need);
  return { seals, chosenSealId: effectiveSealId(seals, need) };
}

/** A cross-page seal has one place on each page. */
function placesOnPage(placement: Placement, parties: readonly NamedParty[]): PlaceOnPage[] {
  const owner = parties.find(({ party }) => party.id === placement.partyId);
  if (!owner) return [];
  const { fileCode, requested, sealId: fixedSealId } = placement;
  return placement.planned.map((planned, i) => ({
    ...{ placeId: placeId(placement, i), fileCode, planned, requested, owner, fixedSealId },
  }));
}
