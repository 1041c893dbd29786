import { CALLBACK_TYPES, type CallbackType } from '@signet/protocol/callbacks';
import { defineTexts, useTexts } from '../../ui/texts.ts';
import { useAppearance } from '../../ui/use-appearance.ts';

const ENGLISH: Readonly<Record<CallbackType, string>> = {
  OPEN_CONTRACT_SIGNED: 'A party signed or declined',
  OPEN_CONTRACT_STATUS_CHANGED: 'Contract status changed',
  OPEN_CONTRACT_AUTO_SIGN_SEAL_AUTH: 'Silent signing granted or cancelled',
  OPEN_GET_SEAL_POSITION: 'Seals placed by hand',
  OPEN_PSN_CERT_RESULT: 'Person verified',
  OPEN_PSN_FACE_RECOGNITION_RESULT: 'Face checked',
  OPEN_CORP_CERT_RESULT: 'Company verified',
  OPEN_CORP_AUTHORIZATION_AUDIT_RESULT: 'Agent’s authorization reviewed',
};

/** The types in the catalogue's order. */
export const CALLBACK_TYPE_NAMES = Object.keys(CALLBACK_TYPES) as readonly CallbackType[];

export function useTypeName(): (type: CallbackType) => string {
  const { language } = useAppearance();
  // A newer server may know more types than a page that has stayed open.
  return (type) => (language === 'en' ? ENGLISH[type] : CALLBACK_TYPES[type]) ?? type;
}

const FAILURES = defineTexts(
  'callback-failures',
  {
    'bad-url': '地址不正确',
    'address-refused': '地址被安全策略拒绝（内网或本机地址，见 SIGNET_CALLBACK_ALLOW）',
    unreachable: '无法建立连接',
    'timed-out': '15 秒内没有应答',
    'response-too-large': '应答过大',
  },
  {
    'bad-url': 'the address is malformed',
    'address-refused': 'the address is refused by policy (private or loopback, see SIGNET_CALLBACK_ALLOW)',
    unreachable: 'no connection',
    'timed-out': 'no answer within 15 seconds',
    'response-too-large': 'the answer is too large',
  },
);

const KNOWN_FAILURES = ['bad-url', 'address-refused', 'unreachable', 'timed-out', 'response-too-large'] as const;

/** The words for why no answer came, e.g. `unreachable (ECONNREFUSED)`; an unknown word stays as the server said it. */
export function useFailureName(): (failure: string) => string {
  const texts = useTexts(FAILURES);
  return (failure) => {
    const known = KNOWN_FAILURES.find((name) => failure.startsWith(name));
    return known ? texts(known) + failure.slice(known.length) : failure;
  };
}
