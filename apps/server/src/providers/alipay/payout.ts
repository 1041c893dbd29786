/**
 * 打款 by Alipay: alipay.fund.trans.uni.transfer to a company's bank account, and alipay.fund.trans.common.query. Every turn asks
 * first how our number stands, and only one that Alipay does not know is transferred; our number is Alipay's `out_biz_no`, for which
 * it pays once.
 */
import { RemoteCallError } from '../../kernel/remote-call.ts';
import { askSource, type PayoutBank, type PayoutOrder, type PayoutState } from '../../modules/identity/ports.ts';
import { ALIPAY, type AlipayAnswer, type AlipayApi } from './api.ts';

/** Single transfers are of ten cents at least. */
const SMALLEST_CENTS = 10;
const PRODUCT = { product_code: 'TRANS_BANKCARD_NO_PWD', biz_scene: 'DIRECT_TRANSFER' } as const;
const COMPANY_ACCOUNT = '1';
const TITLE = '企业账户验证';
const DONE = '10000';
const BUSINESS_FAILED = '40004';
const NOT_KNOWN = 'ORDER_NOT_EXIST';
const MAX_REASON = 60;

export function createAlipayPayoutBank(api: AlipayApi): PayoutBank {
  const find = (order: PayoutOrder): Promise<PayoutState | undefined> =>
    api.call(
      {
        method: 'alipay.fund.trans.common.query',
        content: { ...PRODUCT, out_biz_no: order.reference },
        isRepeatable: true,
      },
      (answer) => (isUnknown(answer) ? undefined : readState(answer, order)),
    );
  const transfer = (order: PayoutOrder): Promise<PayoutState> =>
    api.call(
      { method: 'alipay.fund.trans.uni.transfer', content: transferOf(order), isRepeatable: false },
      (answer) => readRefusal(answer, order) ?? readState(answer, order),
    );
  return {
    smallestCents: SMALLEST_CENTS,
    pay: (order) => askSource(async () => (await find(order)) ?? (await transfer(order))),
  };
}

function transferOf(order: PayoutOrder): Readonly<Record<string, unknown>> {
  const { reference, amountCents, accountNumber, companyName, bankName, branchCode } = order;
  return {
    ...PRODUCT,
    ...{ out_biz_no: reference, trans_amount: (amountCents / 100).toFixed(2), order_title: TITLE, remark: TITLE },
    payee_info: {
      ...{ identity_type: 'BANKCARD_ACCOUNT', identity: accountNumber, name: companyName },
      bankcard_ext_info: { account_type: COMPANY_ACCOUNT, inst_name: bankName, bank_code: branchCode },
    },
  };
}

function isUnknown({ code, subCode }: AlipayAnswer): boolean {
  return code === BUSINESS_FAILED && subCode === NOT_KNOWN;
}

const STATUSES: Readonly<Record<string, PayoutState['status']>> = {
  SUCCESS: 'paid',
  DEALING: 'pending',
  FAIL: 'failed',
  REFUND: 'returned',
};

function readState({ code, subCode, fields }: AlipayAnswer, { reference }: PayoutOrder): PayoutState {
  if (code !== DONE) throw new RemoteCallError('refused', { code: subCode || code });
  const { status, out_biz_no: number, order_id: orderId, fail_reason: reason } = fields;
  const known = typeof status === 'string' ? STATUSES[status] : undefined;
  if (!known || (number !== undefined && number !== reference)) throw new RemoteCallError('malformed');
  const isLost = known === 'failed' || known === 'returned';
  return {
    status: known,
    reason: isLost ? shortened(reason, known === 'failed' ? '转账失败' : '银行退回') : '',
    source: ALIPAY,
    requestId: typeof orderId === 'string' ? orderId : reference,
  };
}

/** Refusals that name the company's account: nothing was paid, and nothing will be for this account. Others may pass. */
const ACCOUNT_FAULTS: Readonly<Record<string, string>> = {
  PAYEE_NOT_EXIST: '收款账户不存在',
  PAYEE_ACCOUNT_NOT_EXSIT: '收款账户不存在',
  PAYEE_USER_INFO_ERROR: '收款账户与企业名称不一致',
  PAYEE_CARD_INFO_ERROR: '收款银行账户信息有误',
  PAYEE_ACCOUNT_STATUS_ERROR: '收款账户状态异常',
  CARD_BIN_ERROR: '收款银行账号有误',
};

function readRefusal({ code, subCode }: AlipayAnswer, { reference }: PayoutOrder): PayoutState | undefined {
  const reason = code === BUSINESS_FAILED ? ACCOUNT_FAULTS[subCode] : undefined;
  return reason === undefined ? undefined : { status: 'failed', reason, source: ALIPAY, requestId: reference };
}

function shortened(reason: unknown, otherwise: string): string {
  const text = typeof reason === 'string' ? reason.replace(/[^\p{Script=Han}\p{Letter},，。、()（） ]/gu, '') : '';
  return text === '' ? otherwise : text.slice(0, MAX_REASON);
}
