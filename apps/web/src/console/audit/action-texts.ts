/** What the actions of the audit log mean; an action that is not known here is shown by its name. */
import { defineTexts, useTexts } from '../../ui/texts.ts';

const TEXTS = defineTexts(
  'audit-actions',
  {
    'setup-done': '创建第一个账号',
    'setup-failed': '初始化码错误',
    'logged-in': '登录',
    'logged-out': '退出登录',
    'login-failed': '登录失败',
    'login-code-asked': '密码正确，等待动态码',
    'session-ended': '会话被终止',
    'password-changed': '更换密码',
    'password-refused': '更换密码时旧密码错误',
    'totp-enabled': '开启两步验证',
    'totp-disabled': '关闭两步验证',
    'operator-created': '创建账号',
    'operator-changed': '修改账号',
    'operator-reset': '重置账号',
    'app-created': '创建应用',
    'app-changed': '修改应用',
    'callback-probed': '测试回调地址',
    'secret-rotated': '轮换密钥',
    'callbacks-resent': '重发回调',
    'callback-viewed': '查看回调',
    'letter-viewed': '查看授权书',
    'letter-decided': '审核授权书',
    'payout-asked': '向银行查询打款',
    'payout-ended': '结束打款',
    'contract-viewed': '查看合同',
    'contracts-listed': '查看合同列表',
    'document-viewed': '查看合同文件',
    'contract-repaired': '重试盖章',
    'contract-revoked': '撤回合同',
    'messages-viewed': '查看沙箱短信',
  },
  {
    'setup-done': 'First account created',
    'setup-failed': 'Wrong setup code',
    'logged-in': 'Logged in',
    'logged-out': 'Logged out',
    'login-failed': 'Login failed',
    'login-code-asked': 'Password right, code asked',
    'session-ended': 'Session ended',
    'password-changed': 'Password changed',
    'password-refused': 'Wrong password when changing it',
    'totp-enabled': 'Two-step login turned on',
    'totp-disabled': 'Two-step login turned off',
    'operator-created': 'Account created',
    'operator-changed': 'Account changed',
    'operator-reset': 'Account reset',
    'app-created': 'App created',
    'app-changed': 'App changed',
    'callback-probed': 'Callback address tested',
    'secret-rotated': 'Secret rotated',
    'callbacks-resent': 'Callbacks sent again',
    'callback-viewed': 'Callback viewed',
    'letter-viewed': 'Letter viewed',
    'letter-decided': 'Letter decided',
    'payout-asked': 'Bank asked about a payout',
    'payout-ended': 'Payout ended',
    'contract-viewed': 'Contract viewed',
    'contracts-listed': 'Contracts listed',
    'document-viewed': 'Contract file viewed',
    'contract-repaired': 'Signature tried again',
    'contract-revoked': 'Contract withdrawn',
    'messages-viewed': 'Sandbox messages viewed',
  },
);

export const KNOWN_ACTIONS = Object.keys(TEXTS.zh) as readonly (keyof typeof TEXTS.zh)[];

export function useActionTitle(): (action: string) => string {
  const texts = useTexts(TEXTS);
  return (action) => {
    const known = KNOWN_ACTIONS.find((name) => name === action);
    return known ? texts(known) : action;
  };
}
