/** Where a caller's picture comes from: its bytes in the call, or an address that we fetch as a stranger to our own network. */
import { ApiError, badParameter } from '@signet/protocol/errors';
import { type HttpClient, OutgoingRequestError } from '../../kernel/http-client.ts';

export type PictureSource =
  | { readonly imageBase64?: string | undefined; readonly imageUrl?: undefined }
  | { readonly imageUrl?: string | undefined; readonly imageBase64?: undefined }
  | { readonly imageBase64?: string | undefined; readonly imageUrl?: string | undefined };

const MAX_BYTES = 10 * 1024 * 1024;
const FETCH_DEADLINE_MS = 10_000;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** @throws ApiError when not exactly one source is named, or it gives no bytes. */
export async function fetchPicture(source: PictureSource, httpClient: HttpClient): Promise<Uint8Array> {
  const { imageBase64, imageUrl } = source;
  const problem = 'imageBase64与imageUrl须填且只填一项';
  if ((imageBase64 === undefined) === (imageUrl === undefined)) {
    throw badParameter({ imageBase64: problem, imageUrl: problem });
  }
  return imageUrl === undefined ? decodeBase64(imageBase64 ?? '') : download(imageUrl, httpClient);
}

function decodeBase64(text: string): Uint8Array {
  const plain = text.replace(/^data:[^,]{0,100},/, '').replace(/\s+/g, '');
  const bytes = BASE64.test(plain) ? Buffer.from(plain, 'base64') : Buffer.alloc(0);
  if (bytes.length === 0) throw badParameter({ imageBase64: '不是有效的Base64' });
  if (bytes.length > MAX_BYTES) throw badParameter({ imageBase64: '图片不能超过10MB' });
  return bytes;
}

/** The address and what it answers may identify a person: neither is told to the log. */
async function download(url: string, httpClient: HttpClient): Promise<Uint8Array> {
  const outgoing = { url, deadlineMs: FETCH_DEADLINE_MS, maxResponseBytes: MAX_BYTES };
  const { status, body } = await httpClient.send(outgoing).catch((error: unknown) => {
    if (!(error instanceof OutgoingRequestError)) throw error;
    throw unreachable(REASONS[error.reason]);
  });
  if (status !== 200) throw unreachable(`该地址返回HTTP ${status},须直接返回图片`);
  if (body.length === 0) throw unreachable('该地址返回的内容为空');
  return body;
}

const REASONS: Readonly<Record<OutgoingRequestError['reason'], string>> = {
  'bad-url': '须为http或https地址',
  'address-refused': '不允许访问内网地址',
  unreachable: '无法连接',
  'timed-out': '下载超时',
  'response-too-large': '图片不能超过10MB',
};

function unreachable(reason: string): ApiError {
  return new ApiError('PICTURE_UNREACHABLE', { reason }, { detail: reason });
}
