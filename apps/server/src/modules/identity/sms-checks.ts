/** 短信验证码 of a personal flow: it goes to the mobile that a passed check has shown to be this person's. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import type { Tx } from '../../kernel/database.ts';
import type { App } from '../apps/index.ts';
import type { CodeTarget, IssuedCode } from '../messaging/index.ts';
import { requireKind, requireOpen } from './flow-access.ts';
import type { InnerParts } from './parts.ts';
import { type CheckedItem, recordCheck } from './recording.ts';
import { type PersonDossier, smsMobile } from './verification.ts';

const SOURCE = 'signet';

type SmsApp = Pick<App, 'id' | 'smsLimits'>;

export interface SentCode {
  readonly verificationId: string;
  readonly checkId: string;
  readonly expireSeconds: number;
  /** In clear. */
  readonly phone: string;
  readonly issued: IssuedCode;
}

export interface JudgedCode extends CheckedItem {
  readonly remainingAttempts: number;
}

export interface CodeGuess {
  readonly verificationId: string;
  readonly code: string;
  /** The item that sent the code; another item of the flow is let pass, since callers mix them up. */
  readonly checkId?: string | undefined;
}

export interface CodeRequest {
  readonly verificationId: string;
  /** Whose request it was, as far as known. */
  readonly address?: string | undefined;
}

export function sendSmsCode(parts: InnerParts, app: SmsApp, request: CodeRequest): Promise<SentCode> {
  const { verificationId, address } = request;
  return parts.database.transaction(async (tx) => {
    const { dossier, target } = await lockForSms(parts, tx, app.id, verificationId);
    const issued = await parts.messaging.issueCode(tx, app, { ...target, address });
    const { codeId, expireSeconds } = issued;

    await recordCheck(parts, tx, dossier, {
      ...{ id: codeId, kind: 'sms-sent', outcome: 'passed', mobile: target.phone },
      ...{ reason: '已发送', source: SOURCE, requestId: codeId },
    });
    return { verificationId, checkId: codeId, expireSeconds, phone: target.phone, issued };
  });
}

export function verifySmsCode(parts: InnerParts, app: SmsApp, guess: CodeGuess): Promise<JudgedCode> {
  const { verificationId } = guess;
  return parts.database.transaction(async (tx) => {
    const { dossier, target } = await lockForSms(parts, tx, app.id, verificationId);
    const codeId = findSend(dossier, guess.checkId);
    const { outcome, remainingAttempts } = await parts.messaging.verifyCode(tx, app, {
      ...target,
      code: guess.code,
      ...(codeId !== undefined && { codeId }),
    });

    const { check } = await recordCheck(parts, tx, dossier, {
      ...{ kind: 'sms-verified', outcome, mobile: target.phone, isRepeatable: remainingAttempts > 0 },
      ...{ reason: outcome === 'passed' ? '验证码正确' : '验证码错误', source: SOURCE, requestId: codeId ?? '' },
    });
    return { verificationId, checkId: check.id, outcome, remainingAttempts };
  });
}

async function lockForSms(
  parts: InnerParts,
  tx: Tx,
  appId: string,
  verificationId: string,
): Promise<{ dossier: PersonDossier; target: CodeTarget }> {
  const locked = requireOpen(await parts.store.lock(tx, verificationId), appId, parts.clock.now());
  const dossier = (await parts.store.loadDossier(tx, requireKind(locked, 'person'))) as PersonDossier;
  const phone = smsMobile(dossier);
  if (phone === undefined) throw new ApiError('FLOW_WITHOUT_MOBILE', { verificationId });
  return { dossier, target: { purpose: 'identity', subject: verificationId, phone } };
}

function findSend(dossier: PersonDossier, checkId: string | undefined): string | undefined {
  if (checkId === undefined) return undefined;
  const check = dossier.checks.find(({ id }) => id === checkId);
  if (!check) throw badParameter({ serviceId: '不属于该认证流程' });
  return check.kind === 'sms-sent' ? check.id : undefined;
}
