/** Words of the first page. */
import { defineTexts } from '../ui/texts.ts';

export const HOME_TEXTS = defineTexts(
  'home',
  {
    tagline: '自托管的电子签名开放平台',
    title: '一分钟，签一份真正的电子合同',
    lead: '点一下按钮，平台会准备好一份两页的示例协议。您阅读、盖章或手写签名、用短信验证码确认，随后企业方自动盖章。签完的文件由任意 PDF 阅读器都能验证。',
    name: '您的姓名',
    defaultName: '体验人',
    signHere: '在这台设备上签署',
    signOnPhone: '用手机扫码签署',
    preparing: '正在准备合同…',
    scan: '用手机相机或微信扫一扫',
    scanHint: '链接只对这一份合同有效。签署后本页不会变化，请以手机上的结果为准。',
    notReachable: '手机现在还打不开这台电脑上的地址',
    notReachableHint: '平台只监听本机地址。让手机与电脑连同一网络，按下面的方式重新启动，再回到本页：',
    failed: '没有准备好示例合同，请稍后再试；仍不成功时，请查看启动平台的终端窗口。',
    tooMany: '操作过于频繁，请一分钟后再试',
    badName: '姓名应为 1 至 20 个汉字或字母',
    sandbox: '沙箱 · 无法律效力',
    production: '生产模式',
    productionTitle: '签印正在运行',
    productionLead: '此安装处于生产模式，不提供体验合同。请从控制台创建应用，或查阅接口文档开始集成。',
    point1: '每一方自己的证书',
    point1Words: '每个签署方一把密钥、一张证书、一个签名，带可信时间戳；后签的人不会让前面的签名失效。',
    point2: '过程有据可查',
    point2Words: '打开链接、同意、验证码、签名，每一步都写进前后哈希相连的存证链。',
    point3: '数据不离开这台机器',
    point3Words: '数据库、文件、密钥都在您自己的机器上，短信在沙箱里不会发出。',

    console: '控制台',
    docs: '接口文档',
    root: '根证书',
  },
  {
    tagline: 'Self-hosted e-signature open platform',
    title: 'Sign a real electronic contract in one minute',
    lead: 'One button prepares a sample agreement of two pages. You read it, choose a seal or draw your signature, and confirm with a code; the company then seals it by itself. Any PDF reader can verify the result.',
    name: 'Your name',
    defaultName: 'Visitor',
    signHere: 'Sign on this device',
    signOnPhone: 'Sign on a phone',
    preparing: 'Preparing the contract…',
    scan: 'Scan with your phone’s camera',
    scanHint:
      'The link is for this one contract. This page does not change after signing; your phone shows the result.',
    notReachable: 'A phone cannot reach this computer yet',
    notReachableHint:
      'The platform listens on this computer only. With both on the same network, start it like this and come back:',
    failed:
      'The sample contract could not be prepared. Please try again; if it still fails, look at the terminal in which the platform was started.',
    tooMany: 'Too many tries; please wait a minute',
    badName: 'A name has 1 to 20 letters',
    sandbox: 'Sandbox · no legal effect',
    production: 'Production',
    productionTitle: 'Signet is running',
    productionLead:
      'This installation runs in production and offers no trial. Create an app in the console, or read the API documentation.',
    point1: 'A certificate for each party',
    point1Words:
      'One key, one certificate, one signature each, with a timestamp; a later signer never breaks an earlier signature.',
    point2: 'Evidence of every step',
    point2Words: 'Opening the link, consent, code and signature go into a hash-linked chain.',
    point3: 'Nothing leaves this machine',
    point3Words: 'Database, files and keys are yours; in the sandbox no message is sent.',

    console: 'Console',
    docs: 'API',
    root: 'Root certificate',
  },
);
