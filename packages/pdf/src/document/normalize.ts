/** One full rewrite of a file that cannot be signed as it is: damaged, hybrid, or encrypted with an empty password. */
import { PDF, PdfName } from '@libpdf/core';
import { PdfError } from '../errors.ts';
import { PdfFile } from '../syntax/file.ts';
import type { PdfLimits } from '../syntax/limits.ts';
import { inspectPdf } from './inspect.ts';
import { checkLooseStreams } from './loose-streams.ts';
import { withTrueCounts } from './page-counts.ts';

/** The rewritten file passes the strict reader. Never call it on a file that carries signatures: it breaks them. */
export async function normalizePdf(bytes: Uint8Array, limits: Partial<PdfLimits> = {}): Promise<Uint8Array> {
  checkLooseStreams(bytes, limits);
  const normalized = withTrueCounts(PdfFile.open(await rewrite(bytes), limits));

  const { healthy, fault } = inspectPdf(normalized, limits);
  if (!healthy) {
    throw new PdfError(fault ?? 'MALFORMED', 'the file cannot be repaired');
  }
  return normalized;
}

async function rewrite(bytes: Uint8Array): Promise<Uint8Array> {
  const pdf = await load(bytes);
  if (pdf.isEncrypted) {
    if (!pdf.isAuthenticated) {
      throw new PdfError('ENCRYPTED', 'the file needs a password');
    }
    removeProtection(pdf);
  }
  try {
    // A document without changes would be returned byte for byte, damage included.
    pdf.context.catalog.getDict().set('Type', PdfName.of('Catalog'));
    return await pdf.save();
  } catch (cause) {
    throw new PdfError('MALFORMED', 'the file cannot be written anew', { cause });
  }
}

/** The library throws errors of many kinds, a stack overflow among them, for hostile and hopeless input alike. */
async function load(bytes: Uint8Array): Promise<PDF> {
  try {
    return await PDF.load(bytes);
  } catch (cause) {
    throw new PdfError('MALFORMED', 'the file cannot be repaired', { cause });
  }
}

function removeProtection(pdf: PDF): void {
  try {
    pdf.removeProtection();
  } catch (cause) {
    throw new PdfError('ENCRYPTED', 'the owner of the file forbids changes', { cause });
  }
}
