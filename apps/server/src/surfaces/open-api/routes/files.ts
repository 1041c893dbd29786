import { readFile } from 'node:fs/promises';
import { badParameter } from '@signet/protocol/errors';
import { openApi, type ResultOf } from '@signet/protocol/open-api';
import { toShanghai } from '../../../kernel/time.ts';
import type { App } from '../../../modules/apps/index.ts';
import type { Files } from '../../../modules/files/index.ts';
import type { Verification } from '../../../modules/signing/index.ts';
import { type Route, serve, type Upload } from '../serve.ts';

interface FileModules {
  readonly files: Files;
  readonly verification: Verification;
}

export function fileRoutes({ files, verification }: FileModules): Route[] {
  return [
    serve(openApi.uploadFile, async ({ app, input, upload }) => {
      if (!upload) throw badParameter({ file: '必填(multipart的file,或JSON的fileBase64)' });
      const file = await files.upload(app, { ...upload, fileName: input.fileName ?? upload.fileName });
      return {
        fileCode: file.fileCode,
        fileName: file.name,
        fileSize: file.size,
        pageCount: file.pages.length,
        sha256: Buffer.from(file.sha256).toString('hex'),
      };
    }),
    serve(openApi.verifyFile, async ({ app, input, upload }) => {
      const bytes = await bytesToVerify(files, app, input.fileCode, upload);
      return toWireCheck(await verification.check(bytes));
    }),
  ];
}

async function bytesToVerify(files: Files, app: App, fileCode: string | undefined, upload: Upload | undefined) {
  if (upload) return readFile(upload.path);
  if (fileCode === undefined) throw badParameter({ fileCode: '必填,或以multipart上传file' });
  return files.read(app.id, fileCode);
}

function toWireCheck(report: Awaited<ReturnType<Verification['check']>>): ResultOf<typeof openApi.verifyFile> {
  return {
    valid: report.valid,
    signatures: report.signatures.map((signature) => ({
      signer: signature.claimedName ?? signature.signer ?? '',
      certificate: signature.signer ?? '',
      time: signature.timestamp ? toShanghai(signature.timestamp.time) : null,
      timestamped: signature.timestamp?.valid ?? false,
      coversWholeDocument: signature.coversWholeDocument,
      modifiedAfter: signature.modifiedAfter.some((change) => !change.allowed),
      level: signature.level,
      reason: signature.problems.map((problem) => problem.code).join(', ') || null,
    })),
    problems: report.problems.map((problem) => `${problem.code}: ${problem.detail}`),
  };
}
