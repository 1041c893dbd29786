/** The checks of 发起合同 that need no storage: all of them hold before anything is looked up or stored. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import type { IntentMode } from './contract.ts';
import type { RequestedField, RequestedParty, StartRequest } from './start-request.ts';

const DEFAULT_DEADLINE_DAYS = 90;
const MAX_DEADLINE_MONTHS = 12;
const MAX_FIELDS = 10_000;
const DAY_MS = 86_400_000;

export function checkStartRequest(request: StartRequest, intentModes: ReadonlySet<IntentMode>, now: Date): void {
  checkFields(request);
  checkFiles(request);
  checkParties(request.parties, intentModes);
  for (const party of request.parties) checkPlacements(party);
  const deadlines = [request.signDeadlineAt, ...request.parties.map((party) => party.signDeadlineAt)];
  for (const deadline of deadlines) if (deadline) checkDeadline(deadline, now);
}

/** The deadline that holds when the caller names none: 90 days. */
export function signDeadline(request: StartRequest, now: Date): Date {
  return request.signDeadlineAt ?? new Date(now.getTime() + DEFAULT_DEADLINE_DAYS * DAY_MS);
}

export function checkDeadline(deadline: Date, now: Date): void {
  const latest = new Date(now);
  latest.setUTCMonth(latest.getUTCMonth() + MAX_DEADLINE_MONTHS);
  if (deadline <= now) throw new ApiError('DEADLINE_PAST');
  if (deadline > latest) throw new ApiError('DEADLINE_TOO_FAR');
}

function checkFields(request: StartRequest): void {
  const fileCodes = new Set(request.files.map((file) => file.fileCode));
  const problems: Record<string, string> = {};
  const count = request.parties.reduce((sum, party) => sum + party.fields.length, 0);
  if (count > MAX_FIELDS) problems.signers = `签署位置最多${MAX_FIELDS}个`;
  request.parties.forEach((party, i) => {
    party.fields.forEach((field, j) => {
      const path = `signers[${i}].signFields[${j}]`;
      if (!fileCodes.has(field.fileCode)) problems[`${path}.fileCode`] = '不在docs中';
      Object.assign(problems, missingCoordinates(field, `${path}.signFieldPosition`));
    });
  });
  if (Object.keys(problems).length > 0) throw badParameter(problems);
}

function missingCoordinates(field: RequestedField, path: string): Record<string, string> {
  const { style, page, x, y } = field.placement;
  const needed = style === 'cross-page' ? { positionY: y } : { positionPage: page || null, positionX: x, positionY: y };
  const missing = Object.entries(needed).filter(([, value]) => value === null);
  return Object.fromEntries(missing.map(([name]) => [`${path}.${name}`, '必填']));
}

function checkFiles(request: StartRequest): void {
  const codes = [...request.files, ...request.attachments].map((file) => file.fileCode);
  if (hasRepeated(codes) || hasRepeated(request.files.map((file) => file.fileId))) {
    throw new ApiError('CONTRACT_FILE_REPEATED');
  }
}

function checkParties(parties: readonly RequestedParty[], intentModes: ReadonlySet<IntentMode>): void {
  if (hasRepeated(parties.map((party) => party.accountId))) throw new ApiError('PARTY_REPEATED');
  for (const party of parties) {
    const unavailable = party.intentModes.find((mode) => !intentModes.has(mode));
    if (unavailable) throw new ApiError('WILLINGNESS_MODE_UNAVAILABLE', { mode: unavailable }, { detail: unavailable });
  }
}

function checkPlacements(party: RequestedParty): void {
  const silent = party.fields.filter((field) => field.authorizeCode !== null).length;
  if (silent > 0 && silent < party.fields.length) {
    throw new ApiError('SILENT_AND_ORDINARY', { accountId: party.accountId });
  }
  const places = party.fields.map(({ fileCode, placement: { style, page, x, y } }) =>
    style === 'cross-page' ? `${fileCode}|cross|${y}` : `${fileCode}|single|${page}|${x}|${y}`,
  );
  if (hasRepeated(places)) throw new ApiError('PLACEMENT_REPEATED', { accountId: party.accountId });
}

function hasRepeated(values: readonly string[]): boolean {
  return new Set(values).size < values.length;
}
