import { defineTexts } from '../ui/texts.ts';

export const CODE_TEXTS = defineTexts(
  'code',
  {
    label: '6 位短信验证码',
    sentTo: '验证码已发送至 {{phone}}',
    willSend: '验证码将发送至 {{phone}}',
    get: '获取验证码',
    sending: '正在发送…',
    again: '重新获取',
    againIn: '{{seconds}} 秒后可重新获取',
    sandboxTitle: '沙箱不发送短信',
    sandboxCode: '验证码是 {{code}}',
    fill: '填入',
  },
  {
    label: '6-digit SMS code',
    sentTo: 'A code was sent to {{phone}}',
    willSend: 'A code will be sent to {{phone}}',
    get: 'Send code',
    sending: 'Sending…',
    again: 'Send again',
    againIn: 'Send again in {{seconds}} s',
    sandboxTitle: 'The sandbox sends no messages',
    sandboxCode: 'The code is {{code}}',
    fill: 'Fill in',
  },
);
