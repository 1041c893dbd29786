/** Many guesses at one code at the same instant, and many calls that want the same flow: whoever comes first, once. */
import { SignetApiError, type SignetClient } from '@signet/sdk';
import { createRandom, type Random } from './random.ts';

const PHONE = '13800000000';
const PERSON = { psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD', psnIDCardNum: '110101199003078857' } as const;
const TRIES = 5;
/** Expired or replaced, tries used up, used. */
const TOO_LATE = ['oc_10512', 'oc_10513', 'oc_10518'];
const FLOW_USED = 'oc_10505';

export interface GuessingRun {
  /** Of one app; the calls are spread over them. */
  readonly clients: readonly SignetClient[];
  readonly guesses: number;
  readonly creations: number;
  readonly seed: number;
}

export interface GuessingResult {
  readonly passed: number;
  /** Guesses that were judged, right or wrong. */
  readonly judged: number;
  readonly faults: readonly string[];
}

interface Judged {
  readonly verifyStatus: string;
  readonly remainingAttempts: number;
}

type Guess = (client: SignetClient, code: string) => Promise<Judged>;

export async function runGuessing({ clients, guesses, creations, seed }: GuessingRun): Promise<GuessingResult> {
  const random = createRandom(seed);
  const first = clients[0]!;
  const { verification, sms } = first;

  const { flowNo } = await verification.checkPersonCarrier({ ...PERSON, psnMobile: PHONE });
  await verification.sendSmsCode({ flowNo });
  const ofFlow = await guessAtOnce(clients, { random, guesses, code: await newestCode(first) }, (client, code) =>
    client.verification.verifySmsCode({ flowNo, code }),
  );

  const { smsId } = await sms.sendCode({ phone: PHONE });
  const own = await guessAtOnce(clients, { random, guesses, code: await newestCode(first) }, (client, code) =>
    client.sms.verifyCode({ smsId, code }),
  );

  const used = await createAtOnce(clients, await compliantFlow(first), { creations, seed });
  return {
    passed: ofFlow.passed + own.passed,
    judged: ofFlow.judged + own.judged,
    faults: [...ofFlow.faults, ...own.faults, ...used],
  };
}

interface Guessing {
  readonly random: Random;
  readonly guesses: number;
  readonly code: string;
}

/** Some of the guesses are right, so that passing and running out of tries race each other. */
async function guessAtOnce(
  clients: readonly SignetClient[],
  { random, guesses, code }: Guessing,
  guess: Guess,
): Promise<GuessingResult> {
  const right = random.below(20);
  const texts = random.shuffled(
    Array.from({ length: guesses }, (_, i) => (i < right ? code : otherThan(code, random))),
  );
  const settled = await Promise.allSettled(texts.map((text, i) => guess(clients[i % clients.length]!, text)));

  const answers = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const passed = answers.filter(({ verifyStatus }) => verifyStatus === 'passed').length;
  const faults = refusalsOtherThan(settled, TOO_LATE);
  if (passed > 1) faults.push(`a code passed ${passed} times`);
  if (passed > 0 && right === 0) faults.push('a wrong code passed');
  if (answers.length > TRIES) faults.push(`a code was guessed at ${answers.length} times`);
  if (passed === 0 && answers.length < TRIES) faults.push(`a code allowed only ${answers.length} wrong guesses`);
  if (new Set(answers.map(({ remainingAttempts }) => remainingAttempts)).size !== answers.length) {
    faults.push('two guesses cost the same try');
  }
  return { passed, judged: answers.length, faults };
}

async function createAtOnce(
  clients: readonly SignetClient[],
  flowNo: string,
  { creations, seed }: { creations: number; seed: number },
): Promise<string[]> {
  const settled = await Promise.allSettled(
    Array.from({ length: creations }, (_, i) =>
      clients[i % clients.length]!.persons.create({ accountId: `guess-${seed}-${i}`, informPhone: PHONE, flowNo }),
    ),
  );
  const created = settled.filter(({ status }) => status === 'fulfilled').length;
  const faults = refusalsOtherThan(settled, [FLOW_USED]);
  return created === 1 ? faults : [...faults, `a flow made ${created} users`];
}

async function compliantFlow(client: SignetClient): Promise<string> {
  const { flowNo } = await client.verification.checkPersonCarrier({ ...PERSON, psnMobile: PHONE });
  await client.verification.sendSmsCode({ flowNo });
  await client.verification.verifySmsCode({ flowNo, code: await newestCode(client) });
  return flowNo;
}

async function newestCode(client: SignetClient): Promise<string> {
  const { list } = await client.sandbox.messages({ phone: PHONE, pageSize: 1 });
  return list[0]?.code ?? '';
}

function otherThan(code: string, random: Random): string {
  const other = String(random.below(1_000_000)).padStart(6, '0');
  return other === code ? otherThan(code, random) : other;
}

function refusalsOtherThan(settled: readonly PromiseSettledResult<unknown>[], expected: readonly string[]): string[] {
  return settled.flatMap((each) => {
    if (each.status === 'fulfilled') return [];
    const isExpected = each.reason instanceof SignetApiError && expected.includes(each.reason.code);
    return isExpected ? [] : [`unexpected: ${String(each.reason)}`];
  });
}
