import type { OpenApiDocument, Operation, PathItem } from '../../apps/server/src/surfaces/open-api/openapi-document.ts';
import { callbackGuide } from './callbacks.ts';
import { type FieldRow, fieldRows } from './fields.ts';
import { table } from './markdown.ts';

interface ChapterLink {
  readonly name: string;
  readonly file: string;
}

export function indexPage(document: OpenApiDocument, chapters: readonly ChapterLink[]): string {
  return page([
    '# 开放接口',
    GENERATED,
    `所有路径位于 \`${new URL(document.servers[0]?.url ?? '').pathname}\` 之下；OpenAPI 3.1 文档见运行中服务的 \`/openapi.json\`。`,
    '## 章节',
    chapters.map(({ name, file }) => chapterEntry(document, name, file)).join('\n'),
    '## 通用约定',
    GENERAL,
    SIGNATURE,
    '## 业务错误码',
    '来源一栏：「公开文档」为公开文档所载，「本平台」为自定，编号从 x0501 起。',
    table(
      ['code', 'msg', '来源'],
      document['x-error-codes'].map(({ code, msg, origin }) => [
        `\`${code}\``,
        msg,
        origin === 'docs' ? '公开文档' : '本平台',
      ]),
    ),
    '## 网关拒绝',
    '应答的 code 即 HTTP 状态，原因见响应头 `X-Ca-Error-Message`。',
    table(
      ['code', '原因'],
      document['x-gateway-errors'].map(({ code, msg }) => [`\`${code}\``, msg]),
    ),
  ]);
}

export function chapterPage(document: OpenApiDocument, chapter: string): string {
  const endpoints = Object.entries(document.paths).filter(([, item]) => firstOperation(item)?.tags.includes(chapter));
  return page([
    `# ${chapter}`,
    GENERATED,
    '公共请求头、应答格式与错误码见[开放接口](README.md)。以下「返回」只列 result 的字段。',
    ...endpoints.flatMap(([path, item]) => endpointSection(path, item)),
    ...(GUIDES[chapter]?.(document) ?? []),
  ]);
}

/** What a chapter says besides its endpoints. */
const GUIDES: Readonly<Record<string, (document: OpenApiDocument) => string[]>> = { 回调: callbackGuide };

const GENERATED = '<!-- 由 scripts/generate-api-docs.ts 生成，请勿手工修改 -->';

const GENERAL = `- 每个应答均为 \`{result, code, msg, logKey, ts, success}\`，\`code\` 与 \`ts\` 是字符串；\`logKey\` 是日志号，反馈问题时请附上。
- 业务失败时 HTTP 状态为 200，\`success\` 为 false，\`result\` 为 null。
- 未列出的字段会被忽略；可选字段的 null 与空字符串等同于未填；数字与数字字符串可互换，大于 2^53 的整数请以字符串发送。
- 时间的写法：\`yyyy-MM-dd HH:mm:ss\`（东八区）、\`yyyy-MM-dd\`（当日结束）或毫秒时间戳；应答中为第一种。
- POST 请求可带 \`Idempotency-Key\` 请求头：24 小时内以相同的键与请求体重发，得到首次的应答。`;

const SIGNATURE = `### 请求签名

| 请求头 | 必填 | 说明 |
|---|---|---|
| \`X-Ca-Key\` | 是 | AppKey |
| \`X-Ca-Signature\` | 是 | base64(HMAC-SHA256(AppSecret, stringToSign)) |
| \`X-Ca-Timestamp\` | 否 | 毫秒时间戳，前后 15 分钟内有效 |
| \`X-Ca-Nonce\` | 否 | 同一 AppKey 15 分钟内不可重复 |
| \`Content-MD5\` | 否 | base64(md5(请求体))，表单以外的请求体；填写后必须一致 |
| \`X-Ca-Signature-Headers\` | 否 | 参与签名的请求头，逗号分隔；未填时只有 X-Ca-Key 参与 |

应用开启严格模式后，\`X-Ca-Timestamp\`、\`X-Ca-Nonce\` 与 \`Content-MD5\` 必填且必须参与签名。

\`\`\`
stringToSign = METHOD + "\\n" + Accept + "\\n" + Content-MD5 + "\\n" + Content-Type + "\\n" + Date + "\\n" + Headers + Url
\`\`\`

- 缺失的值仍保留其 \`\\n\`；Headers 为每个参与签名的头一行 \`Name:value\\n\`，拼写与所列一致。
- Url 为含 \`/api\` 的路径；有参数时后接 \`?\` 与按键排序的 \`k=v\`，以 \`&\` 相连，取解码后的值。查询参数与 \`application/x-www-form-urlencoded\` 参数一并参与，multipart 的内容不参与。
- 签名不符时，401 应答的 \`X-Ca-Error-Message\` 给出服务端的待签名串，其中 \`\\n\` 写作 \`#\`。`;

function endpointSection(path: string, item: PathItem): string[] {
  const operation = firstOperation(item);
  if (!operation) return [];
  const methods = Object.keys(item).map((method) => method.toUpperCase());
  const aliases = operation['x-aliases'] ?? [];
  return [
    `## ${operation.summary}`,
    `\`${methods.join('|')} /api${path}\``,
    ...(aliases.length > 0 ? [`别名：${aliases.map((alias) => `\`/api${alias}\``).join(' ')}`] : []),
    ...(operation['x-sandbox-only'] ? ['仅沙箱模式提供，生产模式下返回 404。'] : []),
    '**请求**',
    requestTable(operation),
    '**返回**',
    resultTable(operation),
  ];
}

function requestTable(operation: Operation): string {
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  if (bodies.length === 0) {
    return fieldTable(fieldRows(querySchema(operation)), true);
  }
  const parts = bodies.map(([type, { schema }]) => {
    const fields = fieldTable(fieldRows(schema), true);
    return bodies.length === 1 ? fields : `\`${type}\`\n\n${fields}`;
  });
  return parts.join('\n\n');
}

function querySchema(operation: Operation) {
  const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  return {
    properties: Object.fromEntries(
      parameters.map(({ name, schema, description }) => [name, description ? { ...schema, description } : schema]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

function resultTable(operation: Operation): string {
  const answer = operation.responses[200].content['application/json'].schema;
  const result = answer.properties?.result?.anyOf?.[0] ?? {};
  return fieldTable(fieldRows(result), false);
}

function fieldTable(rows: readonly FieldRow[], withRequired: boolean): string {
  if (rows.length === 0) return '无。';
  const head = withRequired ? ['字段', '类型', '必填', '说明'] : ['字段', '类型', '说明'];
  const lines = rows.map(({ path, type, required, note }) =>
    withRequired ? [`\`${path}\``, type, required ? '是' : '否', note] : [`\`${path}\``, type, note],
  );
  return table(head, lines);
}

function chapterEntry(document: OpenApiDocument, chapter: string, file: string): string {
  const titles = Object.values(document.paths)
    .map(firstOperation)
    .filter((operation) => operation?.tags.includes(chapter))
    .map((operation) => operation?.summary);
  return `- [${chapter}](${file})：${titles.join('、')}`;
}

function firstOperation(item: PathItem): Operation | undefined {
  return item.get ?? item.post;
}

function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
