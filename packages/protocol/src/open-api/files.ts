import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { fileCode, object, opt, text } from './wire-types.ts';

export const verificationResult = z.object({
  valid: z.boolean(),
  signatures: z.array(
    z.object({
      signer: z.string(),
      certificate: z.string(),
      time: z.string().nullable(),
      timestamped: z.boolean(),
      coversWholeDocument: z.boolean(),
      modifiedAfter: z.boolean(),
      level: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  problems: z.array(z.string()),
});

export const fileEndpoints = {
  uploadFile: endpoint({
    title: '上传文件',
    chapter: '文件',
    methods: ['POST'],
    path: '/open/file/upload',
    aliases: ['/open/fileUpload'],
    multipart: true,
    input: object({ fileName: opt(text({ max: 200 })), fileBase64: opt(text({ max: 14_000_000 })) }),
    result: z.object({
      fileCode: z.string(),
      fileName: z.string(),
      fileSize: z.int(),
      pageCount: z.int(),
      sha256: z.string(),
    }),
  }),
  verifyFile: endpoint({
    title: '文件验签',
    chapter: '文件',
    methods: ['POST'],
    path: '/open/file/verify',
    multipart: true,
    input: object({ fileCode: opt(fileCode()) }),
    result: verificationResult,
  }),
};
