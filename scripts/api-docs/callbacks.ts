/** What a receiver of callbacks must know; numbers and names come from the code that keeps to them. */
import { CALLBACK_TIMING, LONGEST_RETRY_AFTER_MS } from '../../apps/server/src/modules/callbacks/index.ts';
import { RETENTION_SETTINGS } from '../../apps/server/src/retention-settings.ts';
import type { OpenApiDocument } from '../../apps/server/src/surfaces/open-api/openapi-document.ts';
import { CALLBACK_TOLERANCE_SECONDS } from '../../packages/protocol/src/callback-signature.ts';
import { fieldRows } from './fields.ts';
import { table } from './markdown.ts';

const UNITS = [
  [3_600_000, '小时'],
  [60_000, '分钟'],
  [1_000, '秒'],
] as const;

export function callbackGuide({ webhooks }: OpenApiDocument): string[] {
  const [headers] = Object.values(webhooks).map(({ post }) => post.parameters);
  return [
    '## 接收回调',
    RECEIVING,
    table(
      ['请求头', '说明'],
      (headers ?? []).map(({ name, description }) => [`\`${name}\``, description]),
    ),
    VERIFYING,
    '## 重发',
    delivery(),
    '## 回调内容',
    '每个回调先是 `transactionId`、`businessType`、`businessCode`、`eventTime` 四个字段，随后是：',
    ...Object.entries(webhooks).flatMap(([type, { post }]) => [
      `### ${type} ${post.summary}`,
      table(
        ['字段', '类型', '说明'],
        fieldRows(post.requestBody.content['application/json'].schema)
          .filter(({ path }) => !HEAD.includes(path))
          .map(({ path, type: kind, note }) => [`\`${path}\``, kind, note]),
      ),
    ]),
  ];
}

const HEAD = ['transactionId', 'businessType', 'businessCode', 'eventTime'];

const RECEIVING = `应用设置一个回调地址，并逐项开启需要的类型。事件发生后，平台向该地址 POST \`application/json;charset=UTF-8\`：

\`\`\`json
{"transactionId":"1897893172027068416","businessType":"OPEN_CONTRACT_STATUS_CHANGED","businessCode":"订单-1","eventTime":"2026-11-24 18:00:00","contractId":"1897893172027068417","contractStatus":"finished","finishTime":"2026-11-24 18:00:00","reason":null}
\`\`\`

接收方校验签名，返回 2xx，处理后调用「回调成功确认」；内容也可凭 \`transactionId\` 由「获取回调信息」再次取得。同一事件可能送达多次，\`transactionId\` 总是相同。对回调地址不带参数的 GET 是连通性测试，返回 2xx 即可。

回调用应用的回调密钥（\`whsec_…\`）签名，与 AppSecret 无关，格式遵循 Standard Webhooks：`;

const VERIFYING = `HMAC 的密钥是 \`whsec_\` 之后部分的 Base64 解码；请求体须是收到的原始字节。请以常数时间比较，并拒绝与当前时间相差超过 ${CALLBACK_TOLERANCE_SECONDS} 秒的 \`webhook-timestamp\`。SDK 的 \`verifyCallback\` 完成以上各步。更换密钥后 24 小时内，每个回调带新旧两个签名，任一相符即可。`;

const {
  callbacks: { fallback: KEPT_DAYS },
  deadCallbacks: { fallback: KEPT_DEAD_DAYS },
} = RETENTION_SETTINGS;

function delivery(): string {
  const { deadlineMs, retryMs, reminderMs } = CALLBACK_TIMING;
  return `- ${duration(deadlineMs)}内返回 2xx 为送达；其他状态（包括 3xx，平台不跟随跳转）、超时与连接失败都算失败。
- 失败后依次间隔 ${retryMs.map(duration).join('、')}重发（各加至多一成的随机时间），共 ${retryMs.length + 1} 次；仍失败则放弃，由运营人员在控制台或用 \`npx signet callback resend\` 重发。
- \`Retry-After\`（秒数或 HTTP 日期）晚于下次重发时间时照办，最长 ${duration(LONGEST_RETRY_AFTER_MS)}：后面的事件也在等待。
- 返回 410 表示地址已停用：此后的事件不再发送，直到重新设置回调地址。
- 同一合同（印章授权、认证流程）的事件按发生的次序发送：前一个送达或被放弃后才发送下一个。
- 已送达而未确认的回调，自送达起 ${reminderMs.map(duration).join('、')}后各重发一次；从未确认过任何回调的应用除外。
- 没有回调地址、类型未开启或地址已停用时发生的事件不发送，保留 ${KEPT_DAYS} 天供查询与补发；已送达的回调与发送记录同样保留 ${KEPT_DAYS} 天，被放弃的保留 ${KEPT_DEAD_DAYS} 天（期限可由平台调整）。
- 内网、本机与链路本地地址不可用作回调地址，除非平台的运营人员放行（\`SIGNET_CALLBACK_ALLOW\`）；监听本机地址的沙箱可回调本机。`;
}

function duration(milliseconds: number): string {
  const [size, unit] = UNITS.find(([each]) => milliseconds % each === 0) ?? [1, '毫秒'];
  return `${milliseconds / size} ${unit}`;
}
