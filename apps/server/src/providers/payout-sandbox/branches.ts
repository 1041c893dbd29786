import type { BankBranch } from '../../modules/identity/index.ts';

const branch = (
  bankName: string,
  bankCode: string,
  rest: Pick<BankBranch, 'branchName' | 'branchCode' | 'province' | 'city'>,
): BankBranch => ({ bankName, bankCode, ...rest });

/** Invented branches of real banks; their codes have the right form. */
export const SANDBOX_BRANCHES: readonly BankBranch[] = [
  branch('中国工商银行', 'ICBC', {
    branchName: '中国工商银行北京朝阳支行',
    branchCode: '102100000018',
    province: '北京',
    city: '北京',
  }),
  branch('中国工商银行', 'ICBC', {
    branchName: '中国工商银行上海浦东支行',
    branchCode: '102290000018',
    province: '上海',
    city: '上海',
  }),
  branch('中国工商银行', 'ICBC', {
    branchName: '中国工商银行深圳福田支行',
    branchCode: '102584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('中国工商银行', 'ICBC', {
    branchName: '中国工商银行杭州西湖支行',
    branchCode: '102331000018',
    province: '浙江',
    city: '杭州',
  }),
  branch('中国农业银行', 'ABC', {
    branchName: '中国农业银行北京朝阳支行',
    branchCode: '103100000018',
    province: '北京',
    city: '北京',
  }),
  branch('中国农业银行', 'ABC', {
    branchName: '中国农业银行上海浦东支行',
    branchCode: '103290000018',
    province: '上海',
    city: '上海',
  }),
  branch('中国农业银行', 'ABC', {
    branchName: '中国农业银行深圳福田支行',
    branchCode: '103584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('中国农业银行', 'ABC', {
    branchName: '中国农业银行杭州西湖支行',
    branchCode: '103331000018',
    province: '浙江',
    city: '杭州',
  }),
  branch('中国银行', 'BOC', {
    branchName: '中国银行北京朝阳支行',
    branchCode: '104100000018',
    province: '北京',
    city: '北京',
  }),
  branch('中国银行', 'BOC', {
    branchName: '中国银行上海浦东支行',
    branchCode: '104290000018',
    province: '上海',
    city: '上海',
  }),
  branch('中国银行', 'BOC', {
    branchName: '中国银行深圳福田支行',
    branchCode: '104584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('中国银行', 'BOC', {
    branchName: '中国银行杭州西湖支行',
    branchCode: '104331000018',
    province: '浙江',
    city: '杭州',
  }),
  branch('中国建设银行', 'CCB', {
    branchName: '中国建设银行北京朝阳支行',
    branchCode: '105100000018',
    province: '北京',
    city: '北京',
  }),
  branch('中国建设银行', 'CCB', {
    branchName: '中国建设银行上海浦东支行',
    branchCode: '105290000018',
    province: '上海',
    city: '上海',
  }),
  branch('中国建设银行', 'CCB', {
    branchName: '中国建设银行深圳福田支行',
    branchCode: '105584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('中国建设银行', 'CCB', {
    branchName: '中国建设银行杭州西湖支行',
    branchCode: '105331000018',
    province: '浙江',
    city: '杭州',
  }),
  branch('交通银行', 'BOCOM', {
    branchName: '交通银行北京朝阳支行',
    branchCode: '301100000018',
    province: '北京',
    city: '北京',
  }),
  branch('交通银行', 'BOCOM', {
    branchName: '交通银行上海浦东支行',
    branchCode: '301290000018',
    province: '上海',
    city: '上海',
  }),
  branch('交通银行', 'BOCOM', {
    branchName: '交通银行深圳福田支行',
    branchCode: '301584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('交通银行', 'BOCOM', {
    branchName: '交通银行杭州西湖支行',
    branchCode: '301331000018',
    province: '浙江',
    city: '杭州',
  }),
  branch('招商银行', 'CMB', {
    branchName: '招商银行北京朝阳支行',
    branchCode: '308100000018',
    province: '北京',
    city: '北京',
  }),
  branch('招商银行', 'CMB', {
    branchName: '招商银行上海浦东支行',
    branchCode: '308290000018',
    province: '上海',
    city: '上海',
  }),
  branch('招商银行', 'CMB', {
    branchName: '招商银行深圳福田支行',
    branchCode: '308584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('招商银行', 'CMB', {
    branchName: '招商银行杭州西湖支行',
    branchCode: '308331000018',
    province: '浙江',
    city: '杭州',
  }),
  branch('中国邮政储蓄银行', 'PSBC', {
    branchName: '中国邮政储蓄银行北京朝阳支行',
    branchCode: '403100000018',
    province: '北京',
    city: '北京',
  }),
  branch('中国邮政储蓄银行', 'PSBC', {
    branchName: '中国邮政储蓄银行上海浦东支行',
    branchCode: '403290000018',
    province: '上海',
    city: '上海',
  }),
  branch('中国邮政储蓄银行', 'PSBC', {
    branchName: '中国邮政储蓄银行深圳福田支行',
    branchCode: '403584000018',
    province: '广东',
    city: '深圳',
  }),
  branch('中国邮政储蓄银行', 'PSBC', {
    branchName: '中国邮政储蓄银行杭州西湖支行',
    branchCode: '403331000018',
    province: '浙江',
    city: '杭州',
  }),
];
