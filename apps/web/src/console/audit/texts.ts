import { defineTexts, useTexts } from '../../ui/texts.ts';

const TEXTS = defineTexts(
  'audit',
  {
    title: '审计日志',
    text: '谁在什么时候、从哪里、做了什么。只追加，任何角色都不能修改。',
    accountName: '账号',
    nobody: '未登录',
    action: '操作',
    target: '对象',
    detail: '详情',
    ip: 'IP 地址',
    failedLogins: '登录失败',
    secrets: '密钥轮换',
    views: '查看合同',
    empty: '还没有记录',
    emptyText: '登录、更改、查看个人信息与文件都会记录在这里。',
  },
  {
    title: 'Audit log',
    text: 'Who did what, when and from where. It only grows; no role can change it.',
    accountName: 'Account',
    nobody: 'Nobody logged in',
    action: 'Action',
    target: 'Target',
    detail: 'Detail',
    ip: 'IP address',
    failedLogins: 'Failed logins',
    secrets: 'Rotated secrets',
    views: 'Contracts viewed',
    empty: 'Nothing yet',
    emptyText: 'Logins, changes and looks at personal data and files are noted here.',
  },
);

export const useAuditTexts = () => useTexts(TEXTS);
