/** 人脸核身 by Tencent Cloud's own H5 page: DetectAuth gives its address, GetDetectInfoEnhanced the result. */
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import { malformed } from '../../kernel/remote-call.ts';
import {
  askSource,
  type CloudFaceFinding,
  type CloudFaceVerifier,
  IdentityCheckNotOffered,
  type PersonFacts,
} from '../../modules/identity/ports.ts';
import { TENCENT, type TencentAnswer, type TencentApi } from './api.ts';

const FACEID = { service: 'faceid', version: '2018-03-01' } as const;
/** A BizToken lives for 7,200 seconds; the last minute is no time to begin. */
const SESSION_MS = (7_200 - 60) * 1000;
const MAX_RETURN_URL = 1024;
const TEXT_ONLY = '1';
const MAX_REASON = 60;

export interface TencentFaceParts {
  readonly api: TencentApi;
  readonly clock: Clock;
  /** 业务流程 of the vendor's console. */
  readonly ruleId: string;
}

export function createTencentFaceVerifier({ api, clock, ruleId: RuleId }: TencentFaceParts): CloudFaceVerifier {
  return {
    engine: 'cloud',
    begin: ({ facts, reference, returnUrl }) => {
      if (facts.idDocumentType !== 'CRED_PSN_CH_IDCARD') throw new IdentityCheckNotOffered(facts.idDocumentType);
      const expiresAt = new Date(clock.now().getTime() + SESSION_MS);
      const fits = returnUrl !== undefined && returnUrl.length <= MAX_RETURN_URL;
      const parameters = {
        ...{ RuleId, IdCard: facts.idNumber, Name: facts.name, Extra: reference },
        ...(fits && { RedirectUrl: returnUrl }),
      };
      // Only a finished visit is charged, so a second token costs nothing.
      const call = { ...FACEID, action: 'DetectAuth', parameters, isRepeatable: true };
      return askSource(() =>
        api.call(call, (answer) => {
          const { Url: url, BizToken: token } = parse(SESSION, answer);
          return { url, token, expiresAt, ...originOf(call, answer) };
        }),
      );
    },
    fetchResult: async ({ token: BizToken, facts }) => {
      const parameters = { BizToken, RuleId, InfoType: TEXT_ONLY };
      const call = { ...FACEID, action: 'GetDetectInfoEnhanced', parameters, isRepeatable: true };
      return askSource(() =>
        api.call(call, (answer) => {
          const finding = judge(parse(RESULT, answer).Text, facts);
          return finding && { ...finding, ...originOf(call, answer) };
        }),
      );
    },
  };
}

const SESSION = z.object({ Url: z.url({ protocol: /^https?$/ }), BizToken: z.string().min(1) });

/** What was not done yet is null. */
const RESULT = z.object({
  Text: z.object({
    ErrCode: z.int().nullish(),
    ErrMsg: z.string().nullish(),
    IdCard: z.string().nullish(),
    Name: z.string().nullish(),
    Sim: z.union([z.string(), z.number()]).nullish(),
  }),
});

type Finding = Omit<CloudFaceFinding, 'source' | 'requestId'>;

function judge(text: z.infer<typeof RESULT>['Text'], facts: PersonFacts): Finding | undefined {
  const { ErrCode, ErrMsg, IdCard, Name, Sim } = text;
  if (ErrCode === null || ErrCode === undefined) return undefined;
  const likeness = Number.parseFloat(String(Sim ?? ''));
  const found = { likeness: Number.isFinite(likeness) ? likeness : undefined };
  if (ErrCode !== 0) return { outcome: 'un_passed', reason: reasonIn(ErrMsg), ...found };
  // A success for somebody else is none.
  const isTheirs = IdCard?.toUpperCase() === facts.idNumber.toUpperCase() && Name === facts.name;
  if (!isTheirs) throw malformed();
  return { outcome: 'passed', reason: '活体检测与人脸比对通过', ...found };
}

/** The vendor's sentence, as far as it is one in Chinese. */
function reasonIn(message: string | null | undefined): string {
  const text = message?.replace(/[^\p{Script=Han}\p{Letter}\d,，。、;；:：()（） ]/gu, '').trim() ?? '';
  return /\p{Script=Han}/u.test(text) ? text.slice(0, MAX_REASON) : '人脸核验未通过';
}

function parse<T>(schema: z.ZodType<T>, answer: TencentAnswer): T {
  const read = schema.safeParse(answer);
  if (!read.success) throw malformed();
  return read.data;
}

function originOf({ action }: { action: string }, { RequestId }: TencentAnswer) {
  return { source: `${TENCENT}:faceid.${action}`, requestId: RequestId };
}
