/** What the kinds of evidence mean in plain words; a kind that is not known here is shown by its name. */
import { defineTexts, useTexts } from '../../ui/texts.ts';

const TEXTS = defineTexts(
  'evidence',
  {
    'contract-started': '合同发起，文件与签署位置固定',
    'contract-completed': '各方签署完毕，合同完成',
    'contract-declined': '合同因拒签而结束',
    'contract-withdrawn': '合同被撤回',
    'contract-expired': '合同过期',
    'link-issued': '生成签署链接',
    'page-opened': '打开签署页面',
    'code-sent': '发送短信验证码',
    identified: '通过短信核验身份',
    'consent-given': '阅读并同意签署约定',
    'seal-chosen': '选定印章或签名',
    'intent-passed': '通过短信验证码确认签署意愿',
    'will-confirmed': '签署意愿确认，开始盖章',
    'party-signed': '数字签名完成，加盖时间戳',
    'silent-signing-refused': '静默签署被拒绝',
    'party-declined': '拒绝签署',
  },
  {
    'contract-started': 'Contract started; files and places are fixed',
    'contract-completed': 'All parties have signed; the contract is complete',
    'contract-declined': 'Contract ended: a party declined',
    'contract-withdrawn': 'Contract withdrawn',
    'contract-expired': 'Contract expired',
    'link-issued': 'Signing link issued',
    'page-opened': 'Signing page opened',
    'code-sent': 'SMS code sent',
    identified: 'Identity checked by SMS',
    'consent-given': 'Terms of signing read and accepted',
    'seal-chosen': 'Seal or signature chosen',
    'intent-passed': 'Intent to sign confirmed by SMS code',
    'will-confirmed': 'Intent on record; signing begins',
    'party-signed': 'Digital signature made and timestamped',
    'silent-signing-refused': 'Silent signing refused',
    'party-declined': 'Declined to sign',
  },
);

type KnownKind = Parameters<ReturnType<typeof useEvidenceTexts>>[0];
const useEvidenceTexts = () => useTexts(TEXTS);

export function useEvidenceTitle(): (kind: string) => string {
  const texts = useEvidenceTexts();
  return (kind) => (Object.hasOwn(TEXTS.zh, kind) ? texts(kind as KnownKind) : kind);
}
