/** Names of our fields: flat, unique, and telling whose they are. `~` never occurs in an id. */

const PARTY_PREFIX = 'signet-party-';
const PLACE_PREFIX = 'signet-place-';
const NAME = /^signet-(party|place)-([A-Za-z0-9_-]+)(?:~\d+)?$/;

export type OwnName = { readonly kind: 'party' | 'place'; readonly id: string };

export function partyFieldName(partyId: string, taken: Set<string>): string {
  return unused(PARTY_PREFIX + partyId, taken);
}

export function placeFieldName(placeId: string, taken: Set<string>): string {
  return unused(PLACE_PREFIX + placeId, taken);
}

/** Whose field this is; undefined for the fields of others. */
export function parseFieldName(fieldName: string): OwnName | undefined {
  const match = NAME.exec(fieldName);
  if (!match?.[2]) return undefined;
  return { kind: match[1] === 'party' ? 'party' : 'place', id: match[2] };
}

/** Takes the name, with a counter when the file already has it. */
function unused(wanted: string, taken: Set<string>): string {
  let candidate = wanted;
  for (let count = 2; taken.has(candidate); count++) candidate = `${wanted}~${count}`;
  taken.add(candidate);
  return candidate;
}
