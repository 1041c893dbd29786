import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { classicPdf, deflatedZeros } from '../../testing/inputs.ts';
import { openWorkbench } from '../../testing/tools.ts';
import { inspectPdf } from './inspect.ts';
import { normalizePdf } from './normalize.ts';

const LEASE = fileURLToPath(new URL('../../../../examples/lease-contract.zh.pdf', import.meta.url));
const lease = readFileSync(LEASE);
const bench = openWorkbench();
copyFileSync(LEASE, join(bench.folder, 'lease.pdf'));
afterAll(() => bench.remove());

function byQpdf(...args: readonly string[]): Uint8Array {
  bench.run('qpdf', ...args, 'out.pdf');
  return bench.read('out.pdf');
}

/** What other readers say about the rewritten file. */
function judged(bytes: Uint8Array): { isClean: boolean; text: string } {
  bench.write('normalized.pdf', bytes);
  const isClean = bench.run('qpdf', '--check', 'normalized.pdf').status === 0;
  return { isClean, text: bench.run('pdftotext', 'normalized.pdf', '-').output };
}

describe('normalizing a PDF', () => {
  it.each([
    ['cut off in the cross-reference table', lease.subarray(0, lease.length - 600)],
    ['behind foreign bytes', Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\n\r\n'), lease])],
    [
      'with a wrong startxref',
      Buffer.from(lease.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1'),
    ],
  ])('repairs a file %s', async (_, damaged) => {
    expect(inspectPdf(damaged).healthy).toBe(false);

    const repaired = await normalizePdf(damaged);

    expect(inspectPdf(repaired)).toMatchObject({ healthy: true, pageCount: 12 });
    expect(judged(repaired)).toMatchObject({ isClean: true, text: expect.stringContaining('乙方（签字）') });
  });

  it.each([
    ['AES-256', ['256']],
    ['AES-128', ['128', '--use-aes=y']],
    ['RC4', ['128', '--use-aes=n']],
  ])('decrypts %s with an empty user password', async (_, method) => {
    const encrypted = byQpdf('--allow-weak-crypto', 'lease.pdf', '--encrypt', '', 'owner', ...method, '--');
    expect(inspectPdf(encrypted)).toMatchObject({ encrypted: true, fault: 'ENCRYPTED' });

    const decrypted = await normalizePdf(encrypted);

    expect(inspectPdf(decrypted)).toMatchObject({ healthy: true, encrypted: false, pageCount: 12 });
    expect(judged(decrypted)).toMatchObject({ isClean: true, text: expect.stringContaining('房屋租赁合同') });
  });

  it.each([
    ['that needs a password', ['user', 'owner', '256', '--']],
    ['whose owner forbids changes', ['', 'owner', '256', '--modify=none', '--']],
  ])('refuses a file %s', async (_, how) => {
    const encrypted = byQpdf('lease.pdf', '--encrypt', ...how);

    await expect(normalizePdf(encrypted)).rejects.toMatchObject({ code: 'ENCRYPTED' });
  });

  it.each([
    ['plain', (data: Buffer) => ['/Filter /FlateDecode', data.toString('latin1')]],
    ['in hexadecimal digits', (data: Buffer) => ['/Filter [/ASCIIHexDecode /FlateDecode]', `${data.toString('hex')}>`]],
  ])('never hands a bomb %s to the lenient library', async (_, wrap) => {
    const [filter, data] = wrap(deflatedZeros(1024)) as [string, string];
    const bomb = classicPdf({
      1: '<< /Type /Catalog /Pages 2 0 R >>',
      2: '<< /Type /Pages /Kids [] /Count 0 >>',
      3: `<< /Type /ObjStm /N 1 /First 4 ${filter} /Length ${data.length} >>\nstream\n${data}\nendstream`,
    });
    const broken = bomb.subarray(0, bomb.lastIndexOf('xref\n0 '));
    const before = process.memoryUsage.rss();

    await expect(normalizePdf(broken)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(400e6);
  });

  it.each([
    '%PDF-1.7\nnothing',
    '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer << /Root 1 0 R >>',
  ])('gives up on a file that holds no pages: %j', async (text) => {
    await expect(normalizePdf(Buffer.from(text))).rejects.toMatchObject({ name: 'PdfError' });
  });
});
