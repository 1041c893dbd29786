import type { Config } from '../../config.ts';
import { type Finding, ok, warning } from './doctor-finding.ts';

interface Port {
  readonly subject: string;
  readonly setting: string;
  readonly choices: string;
  readonly provider: string | undefined;
  /** What does not work without one. */
  readonly lost: string;
}

/** Who serves each port to the outside world. That the settings fit was checked when they were read; nobody is called. */
export function* vendorFindings({ vendors, mode }: Config): Generator<Finding> {
  for (const port of portsOf(vendors)) yield findingOf(port, mode);
}

function portsOf({ identity, sms, payout, face, ocr }: Config['vendors']): Port[] {
  const clouds = 'tencent or alibaba';
  return [
    {
      ...{ subject: 'Identity source', setting: 'SIGNET_IDENTITY', choices: clouds, provider: identity },
      lost: 'identity checks are refused',
    },
    { subject: 'SMS', setting: 'SIGNET_SMS', choices: clouds, provider: sms, lost: 'no code is sent' },
    { subject: 'Payouts', setting: 'SIGNET_PAYOUT', choices: 'alipay', provider: payout, lost: 'none is begun' },
    { subject: 'Faces', setting: 'SIGNET_FACE', choices: 'tencent', provider: face, lost: 'face checks are refused' },
    { subject: 'Card reading', setting: 'SIGNET_OCR', choices: 'local or tencent', provider: ocr, lost: '' },
  ];
}

function findingOf({ subject, setting, choices, provider, lost }: Port, mode: Config['mode']): Finding {
  if (provider === undefined) return warning(subject, `nobody serves it: ${lost}.`, `set ${setting} to ${choices}.`);
  const isVendor = provider !== 'sandbox' && provider !== 'local';
  return ok(subject, isVendor && mode === 'sandbox' ? `${provider}, which charges for a sandbox too` : provider);
}
