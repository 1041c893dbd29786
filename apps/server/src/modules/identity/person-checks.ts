/** 个人认证项 against the registry: 二要素, 运营商三要素 and 银行卡四要素. */
import { maskIdNumber } from '../../kernel/mask.ts';
import { askRegistry } from './asking.ts';
import { readPersonFacts } from './facts.ts';
import { lockOrStartPersonal, type PersonRequest, peekPersonal } from './flow-start.ts';
import type { InnerParts } from './parts.ts';
import type { PersonFacts, RegistryFinding } from './ports.ts';
import { type CheckedItem, recordCheck } from './recording.ts';

export interface MobileRequest extends PersonRequest {
  readonly mobile: string;
}

export interface BankCardRequest extends MobileRequest {
  readonly bankCardNumber: string;
}

export function checkNameAndId(parts: InnerParts, appId: string, request: PersonRequest): Promise<CheckedItem> {
  return checkPerson(parts, appId, request, {
    kind: 'name-and-id',
    ask: (facts) => parts.registry.checkNameAndId(facts),
  });
}

export function checkCarrier(parts: InnerParts, appId: string, request: MobileRequest): Promise<CheckedItem> {
  const { mobile } = request;
  return checkPerson(parts, appId, request, {
    kind: 'carrier',
    mobile,
    ask: (facts) => parts.registry.checkCarrier({ ...facts, mobile }),
  });
}

/** The card number is asked about and not kept: the evidence holds its ends and a keyed hash. */
export function checkBankCard(parts: InnerParts, appId: string, request: BankCardRequest): Promise<CheckedItem> {
  const { mobile, bankCardNumber } = request;
  const cardHash = Buffer.from(parts.secretBox.keyedHash(bankCardNumber, 'evidence.bank-card')).toString('hex');
  return checkPerson(parts, appId, request, {
    kind: 'bank-card',
    mobile,
    detail: { card: maskIdNumber(bankCardNumber), cardHash },
    ask: (facts) => parts.registry.checkBankCard({ ...facts, mobile, bankCardNumber }),
  });
}

interface PersonCheck {
  readonly kind: 'name-and-id' | 'carrier' | 'bank-card';
  readonly mobile?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
  readonly ask: (facts: PersonFacts) => Promise<RegistryFinding>;
}

async function checkPerson(
  parts: InnerParts,
  appId: string,
  request: PersonRequest,
  { ask, ...check }: PersonCheck,
): Promise<CheckedItem> {
  const flow = { appId, facts: readPersonFacts(request.facts, parts.clock.now()) };
  await peekPersonal(parts, flow, request);
  const finding = await askRegistry(() => ask(flow.facts));

  return parts.database.transaction(async (tx) => {
    const dossier = await lockOrStartPersonal(parts, tx, flow, request);
    const recorded = await recordCheck(parts, tx, dossier, { ...check, ...finding });
    return { verificationId: dossier.verification.id, checkId: recorded.check.id, outcome: finding.outcome };
  });
}
