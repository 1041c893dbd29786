/** Uploads go to a temporary file while they arrive, so that a large one costs no memory. */

import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import { badParameter, GatewayError } from '@signet/protocol/errors';
import type { FastifyRequest } from 'fastify';
import { endingFiles } from '../../kernel/ending-files.ts';
import { opaqueToken } from '../../kernel/ids.ts';
import type { EndingData } from '../../kernel/retention.ts';
import { checkContentMd5 } from './authentication.ts';
import type { Upload } from './serve.ts';

export const MAX_UPLOAD_BYTES = 100 * 1024 * 1024;
const MAX_BASE64_BYTES = 10 * 1024 * 1024;
const MAX_FIELDS = 50;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

export interface MultipartBody {
  readonly fields: Record<string, string>;
  readonly upload: Upload | undefined;
  /** Of the file. */
  readonly sha256: string | undefined;
}

/** Reads all parts; at most one file, whatever its part is called. On any failure nothing is left behind. */
export async function readMultipart(request: FastifyRequest, folder: string): Promise<MultipartBody> {
  const fields: Record<string, string> = {};
  let upload: Upload | undefined;
  const fileHash = createHash('sha256');
  try {
    const digest = digestBody(request);
    for await (const part of request.parts({ limits: { fileSize: MAX_UPLOAD_BYTES, files: 1, fields: MAX_FIELDS } })) {
      if (part.type === 'field') fields[part.fieldname] ??= String(part.value);
      else upload = await receive(part, folder, fileHash);
    }
    if (digest) checkContentMd5(request, digest.digest('base64'));
  } catch (error) {
    await discard(upload);
    const isBroken = isMalformed(error) || (request.raw.destroyed && !request.raw.complete);
    throw isBroken ? new GatewayError('BODY_UNREADABLE', 'broken multipart') : error;
  }
  return { fields, upload, sha256: upload && fileHash.digest('hex') };
}

/** The parser's complaints about the format have neither a class nor a code of their own. */
function isMalformed(error: unknown): boolean {
  return error instanceof Error && !('code' in error) && /multipart|boundary|part header/i.test(error.message);
}

/** The JSON form of an upload: `{ fileName, fileBase64 }`. */
export async function receiveBase64(base64: string, fileName: string, folder: string): Promise<Upload> {
  const text = base64.replace(/^data:[^,]*,/, '').replace(/\s+/g, '');
  if (!BASE64.test(text)) throw badParameter({ fileBase64: '不是有效的Base64' });
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0) throw badParameter({ fileBase64: '不是有效的Base64' });
  if (bytes.length > MAX_BASE64_BYTES) throw badParameter({ fileBase64: '文件超过10MB,请用multipart上传' });
  const path = await temporaryPath(folder);
  try {
    await writeFile(path, bytes, { mode: 0o600 });
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
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

/** What a killed server left behind; younger files may belong to another server on the same data folder. */
export function abandonedUploads(folder: string): EndingData {
  return endingFiles(async function* pathsBefore(before) {
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name);
      const written = await stat(path).catch(() => undefined);
      if (written && written.mtime < before) yield path;
    }
  });
}

async function receive({ file, filename }: MultipartFile, folder: string, hash: Hash): Promise<Upload> {
  const path = await temporaryPath(folder);
  const target = createWriteStream(path, { mode: 0o600 });
  // Left alone, the part would be read to its end and thrown away.
  file.once('limit', () => file.destroy(new GatewayError('BODY_TOO_LARGE', 'a file may have 100 MB')));
  try {
    await pipeline(file, (chunks) => hashed(chunks, hash), target);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return { fileName: filename || 'file', path, size: target.bytesWritten };
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

async function temporaryPath(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return join(folder, opaqueToken(18));
}
