/** The baseline: the same framework, an answer of the same size, nothing behind it. */
import Fastify from 'fastify';

const ANSWER = {
  result: {
    ...{ accountId: '1', psnId: '1826194230099143745', psnName: '张三', psnIDCardType: 'CRED_PSN_CH_IDCARD' },
    ...{ psnIDCardNum: '110***********8857', informPhone: '138****0000', flowNo: null, psnFaceUrl: null },
    ...{ createTime: '2026-01-01 00:00:00', certifiedTime: '2026-01-01 00:00:00', sealId: '100000000' },
  },
  ...{ code: '200', msg: '成功', logKey: '56faf695', ts: '1731665282313', success: true },
};

const server = Fastify({ logger: false });
server.get('/bare', async () => ANSWER);
await server.listen({ host: '127.0.0.1', port: 0 });
const address = server.server.address();
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
