/** Uploads go to a temporary file while they arrive, so that a large one costs no memory. */

import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { badParameter, GatewayError } from '@signet/protocol/errors';
import type { FastifyRequest } from 'fastify';
import { opaqueToken } from '../../kernel/ids.ts';
import { checkContentMd5 } from './authentication.ts';
import type { Upload } from './serve.ts';

export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;
const MAX_BASE64_BYTES = 10 * 1024 * 1024;

export interface MultipartBody {
  readonly fields: Record<string, string>;
  readonly upload: Upload | undefined;
}

/** Reads all parts; at most one file, named `file`. On any failure nothing is left behind. */
export async function readMultipart(request: FastifyRequest, folder: string): Promise<MultipartBody> {
  const fields: Record<string, string> = {};
  let upload: Upload | undefined;
  try {
    const digest = digestBody(request);
    for await (const part of request.parts({ limits: { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: 50 } })) {
      if (part.type === 'field') fields[part.fieldname] ??= String(part.value);
      else upload = await receive(part.file, part.filename, folder);
    }
    if (digest) checkContentMd5(request, digest.digest('base64'));
  } catch (error) {
    await discard(upload);
    throw error;
  }
  return { fields, upload };
}

/** The JSON form of an upload: `{ fileName, fileBase64 }`. */
export async function receiveBase64(base64: string, fileName: string, folder: string): Promise<Upload> {
  const bytes = Buffer.from(base64.replace(/^data:[^,]*,/, ''), 'base64');
  if (bytes.length === 0) throw badParameter({ fileBase64: '不是有效的Base64' });
  if (bytes.length > MAX_BASE64_BYTES) throw badParameter({ fileBase64: '文件超过10MB,请用multipart上传' });
  const path = await temporaryPath(folder);
  await writeFile(path, bytes);
  return { fileName, path, size: bytes.length };
}

export async function discard(upload: Upload | undefined): Promise<void> {
  if (upload) await rm(upload.path, { force: true });
}

/** MD5 of the raw body while the parts are read. Listens beside the parser: a second pipe would stop the flow for both. */
function digestBody(request: FastifyRequest): Hash | undefined {
  if (!request.headers['content-md5']) return undefined;
  const hash = createHash('md5');
  request.raw.on('data', (chunk: Buffer) => hash.update(chunk));
  return hash;
}

async function receive(
  stream: NodeJS.ReadableStream & { truncated?: boolean },
  fileName: string,
  folder: string,
): Promise<Upload> {
  const path = await temporaryPath(folder);
  const target = createWriteStream(path, { mode: 0o600 });
  try {
    await pipeline(stream, target);
    if (stream.truncated) throw new GatewayError('BODY_TOO_LARGE', 'a file may have 100 MB');
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { fileName: fileName || 'file', path, size: target.bytesWritten };
}

async function temporaryPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, opaqueToken(18));
}
