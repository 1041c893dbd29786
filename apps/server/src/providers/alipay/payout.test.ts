import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IdentitySourceUnavailable, type PayoutBank } from '../../modules/identity/ports.ts';
import { describePayoutBank, orderTo } from '../../modules/identity/testing/payout-contract.ts';
import { createAlipayPayoutBank } from './payout.ts';
import { type AlipayReply, type Content, type FakeAlipay, startFakeAlipay } from './testing/fake-alipay.ts';

const TRANSFER = 'alipay.fund.trans.uni.transfer';
const QUERY = 'alipay.fund.trans.common.query';
const ACCOUNTS = {
  ...{ paid: '110900000000001', failed: '110900000009901', returned: '110900000009903' },
  pending: '110900000009904',
};
const STATUS: Readonly<Record<string, Content>> = {
  [ACCOUNTS.paid]: { status: 'SUCCESS' },
  [ACCOUNTS.pending]: { status: 'DEALING' },
  [ACCOUNTS.failed]: { status: 'FAIL', error_code: 'PAYEE_CARD_INFO_ERROR', fail_reason: '收款方银行卡信息有误' },
  [ACCOUNTS.returned]: { status: 'REFUND', error_code: 'REFUND', fail_reason: '银行退票(账号与户名不符)' },
};
const DONE = { code: '10000', msg: 'Success' };
const UNKNOWN = { code: '40004', msg: 'Business Failed', sub_code: 'ORDER_NOT_EXIST', sub_msg: '转账订单不存在' };

/** Idempotent by `out_biz_no`, as documented. */
function teachTransfers({ replies }: FakeAlipay): Map<string, number> {
  const orders = new Map<string, Content>();
  const paid = new Map<string, number>();
  replies.set(TRANSFER, (content) => {
    const number = String(content.out_biz_no);
    const { identity } = content.payee_info as { identity: string };
    if (!orders.has(number)) paid.set(number, (paid.get(number) ?? 0) + 1);
    const order = orders.get(number) ?? { ...DONE, out_biz_no: number, order_id: `2026${number}`, ...STATUS[identity] };
    orders.set(number, order);
    return order;
  });
  replies.set(QUERY, ({ out_biz_no: number }) => orders.get(String(number)) ?? UNKNOWN);
  return paid;
}

describePayoutBank('Alipay', async () => {
  const vendor = await startFakeAlipay();
  const paid = teachTransfers(vendor);
  return {
    bank: createAlipayPayoutBank(vendor.api),
    accounts: ACCOUNTS,
    timesPaid: (reference) => paid.get(reference) ?? 0,
    close: vendor.close,
  };
});

let vendor: FakeAlipay;
let bank: PayoutBank;
const ORDER = orderTo(ACCOUNTS.paid, '7000000000000000001');
const pay = () => bank.pay(ORDER);
const methods = () => vendor.received.map(({ query }) => query.get('method'));
beforeEach(async () => {
  vendor = await startFakeAlipay({ tryMs: 300 });
  bank = createAlipayPayoutBank(vendor.api);
});
afterEach(() => vendor.close());

describe('a payout by Alipay', () => {
  it('goes to the company’s account, under our number', async () => {
    teachTransfers(vendor);
    await pay();

    expect(methods()).toEqual([QUERY, TRANSFER]);
    const content = JSON.parse(new URLSearchParams(vendor.received[1]?.body).get('biz_content') ?? '');
    expect(content).toEqual({
      ...{ out_biz_no: ORDER.reference, trans_amount: '0.37', product_code: 'TRANS_BANKCARD_NO_PWD' },
      ...{ biz_scene: 'DIRECT_TRANSFER', order_title: '企业账户验证', remark: '企业账户验证' },
      payee_info: {
        ...{ identity: ACCOUNTS.paid, identity_type: 'BANKCARD_ACCOUNT', name: '北京示例科技有限公司' },
        bankcard_ext_info: { account_type: '1', inst_name: '招商银行', bank_code: '308100000018' },
      },
    });
  });

  it('is asked about, not made again, once Alipay knows it', async () => {
    teachTransfers(vendor);
    await pay();
    await pay();
    await pay();

    expect(methods()).toEqual([QUERY, TRANSFER, QUERY, QUERY]);
  });

  it('is not made again by itself when the transfer gets no answer, and is found by the next turn', async () => {
    const paid = teachTransfers(vendor);
    const transfer = vendor.replies.get(TRANSFER);
    vendor.replies.set(TRANSFER, (content) => {
      transfer?.(content);
      return { raw: 'silence' };
    });

    await expect(pay()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(methods()).toEqual([QUERY, TRANSFER]);
    expect(await pay()).toMatchObject({ status: 'paid' });
    expect(methods()).toEqual([QUERY, TRANSFER, QUERY]);
    expect(paid.get(ORDER.reference)).toBe(1);
  });

  it('is not begun while nobody knows whether it has been', async () => {
    teachTransfers(vendor);
    vendor.replies.set(QUERY, () => ({
      code: '20000',
      msg: 'Service Currently Unavailable',
      sub_code: 'aop.unknow-error',
    }));

    await expect(pay()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(methods()).toEqual([QUERY, QUERY]);
  });

  it.each([
    ['PAYEE_USER_INFO_ERROR', '收款账户与企业名称不一致'],
    ['CARD_BIN_ERROR', '收款银行账号有误'],
  ])('has failed when the account is wrong: %s', async (sub_code, reason) => {
    vendor.replies.set(QUERY, () => UNKNOWN);
    vendor.replies.set(TRANSFER, () => ({ code: '40004', msg: 'Business Failed', sub_code }));

    expect(await pay()).toEqual({ status: 'failed', reason, source: 'alipay', requestId: ORDER.reference });
  });

  it.each([['PAYER_BALANCE_NOT_ENOUGH'], ['SYSTEM_ERROR'], ['EXCEED_LIMIT_DM_MAX_AMOUNT'], ['SOMETHING_NEW']])(
    'waits when the fault is not the account’s: %s',
    async (sub_code) => {
      vendor.replies.set(QUERY, () => UNKNOWN);
      vendor.replies.set(TRANSFER, () => ({ code: '40004', msg: 'Business Failed', sub_code }));

      await expect(pay()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
      expect(vendor.logged()).toContain(`"code":"${sub_code}"`);
    },
  );
});

describe('an answer of Alipay', () => {
  const answerOf = (inside: Content, more: Content) => ({
    raw: { body: { [`${QUERY.replaceAll('.', '_')}_response`]: inside, ...more } },
  });
  const paid = { ...DONE, out_biz_no: ORDER.reference, order_id: '1', status: 'SUCCESS' };

  it('counts when Alipay has signed it, also with braces and quotes in its texts', async () => {
    const inside = { ...paid, status: 'REFUND', fail_reason: '退票}"{\\' };
    vendor.replies.set(QUERY, () => inside);
    expect(await pay()).toMatchObject({ status: 'returned', reason: '退票' });
  });

  it.each([
    ['nobody has signed', () => answerOf(paid, {})],
    ['somebody else has signed', () => answerOf(paid, { sign: Buffer.alloc(256, 7).toString('base64') })],
    ['was signed for another', () => answerOf(paid, { sign: vendor.sign(JSON.stringify({ ...paid, order_id: '2' })) })],
    [
      'was signed by another certificate',
      () => answerOf(paid, { sign: vendor.sign(JSON.stringify(paid)), alipay_cert_sn: '0' }),
    ],
    ['is about another number', () => ({ ...paid, out_biz_no: '1' })],
    ['has a status that nobody has documented', () => ({ ...paid, status: 'MAYBE' })],
    ['has no status', () => ({ ...DONE, out_biz_no: ORDER.reference })],
    ['is none of ours', () => ({ raw: { body: { other_response: paid } } })],
    ['is no JSON', () => ({ raw: { body: 'busy' } })],
  ] as const)('that %s pays nobody', async (_, reply) => {
    vendor.replies.set(QUERY, reply as () => AlipayReply);

    await expect(pay()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(methods()).not.toContain(TRANSFER);
  });

  it('of a gateway that does not know us is named in the log', async () => {
    vendor.replies.set(QUERY, () => ({
      raw: { body: { error_response: { code: '40002', msg: 'Invalid Arguments', sub_code: 'isv.invalid-app-id' } } },
    }));

    await expect(pay()).rejects.toBeInstanceOf(IdentitySourceUnavailable);
    expect(vendor.logged()).toContain('"code":"isv.invalid-app-id"');
    expect(vendor.logged()).not.toMatch(/北京示例|110900000000001/);
  });
});
