/** 《电子签署须知》. Whoever changes a word changes CONSENT_VERSION, since evidence names the version that was agreed to. */
export { CONSENT_VERSION } from '@signet/protocol/page-api';

type Clause = readonly [title: string, words: string];

export const CONSENT_CLAUSES: Readonly<Record<'zh' | 'en', readonly Clause[]>> = {
  zh: [
    ['电子签名的效力', '您同意以电子签名签署本合同。可靠的电子签名与手写签名或者盖章具有同等的法律效力。'],
    ['您的签名怎样产生', '您用短信验证码确认后，平台为您签发一张数字证书，并用它对合同文件签名，同时加盖可信时间戳。'],
    [
      '签署前请读完合同',
      '签署即表示您已阅读并接受合同全部内容。对内容有疑问，请先联系发起方；不同意可以拒签并写明理由。',
    ],
    [
      '哪些信息会被记录',
      '为了证明签署过程，平台会记录您打开合同、同意本须知、选择印章、通过验证的时间，以及脱敏后的手机号。',
    ],
    ['请保管好您的手机', '验证码只应由您本人使用，请勿告诉他人。由您本人验证码完成的签署，视为您本人的意愿。'],
    ['保存与核验', '签完的文件可以下载保存，任何人都能用常见的 PDF 阅读器核验签名，文件被改动会被发现。'],
  ],
  en: [
    [
      'What an electronic signature means',
      'You agree to sign this contract electronically. A reliable electronic signature has the same legal effect as a signature or seal on paper.',
    ],
    [
      'How your signature is made',
      'After you confirm by SMS code, a digital certificate is issued to you and signs the contract’s file, together with a trusted timestamp.',
    ],
    [
      'Read the contract first',
      'Signing means that you have read and accept all of it. With doubts, ask the sender first; if you do not agree, decline and say why.',
    ],
    [
      'What is recorded',
      'To prove how the contract was signed, we record when you opened it, agreed to these terms, chose a seal and passed the check, and your masked phone number.',
    ],
    [
      'Keep your phone safe',
      'The code is for you alone; tell it to nobody. What is signed with your code counts as your own will.',
    ],
    [
      'Keeping and checking',
      'You can download and keep the signed file. Anybody can check its signatures with a common PDF reader; any change to the file shows.',
    ],
  ],
};
