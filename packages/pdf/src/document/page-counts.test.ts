import { describe, expect, it } from 'vitest';
import { type ClassicObjects, classicPdf } from '../../testing/inputs.ts';
import { openWorkbench } from '../../testing/tools.ts';
import { inspectPdf } from './inspect.ts';
import { normalizePdf } from './normalize.ts';

const PAGE = '<< /Type /Page /Parent 3 0 R /MediaBox [0 0 200 200] >>';
/** Three pages: two below a node of their own. */
const TREE: ClassicObjects = {
  1: '<< /Type /Catalog /Pages 2 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 3 >>',
  3: '<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 2 >>',
  4: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>',
  5: PAGE,
  6: PAGE,
};

describe('a page tree', () => {
  it('whose counts are true is healthy', () => {
    expect(inspectPdf(classicPdf(TREE))).toMatchObject({ healthy: true, pageCount: 3 });
  });

  it.each([
    ['that counts a page too many', { 2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 4 >>' }],
    ['that hides pages below a node', { 3: '<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] /Count 0 >>' }],
    ['that says nothing', { 3: '<< /Type /Pages /Parent 2 0 R /Kids [5 0 R 6 0 R] >>' }],
    ['that counts in words', { 2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count (three) >>' }],
  ])('%s is corrected before anything is signed', async (_, objects) => {
    const lying = classicPdf({ ...TREE, ...objects });
    expect(inspectPdf(lying)).toMatchObject({ healthy: false, fault: 'MALFORMED' });

    const corrected = await normalizePdf(lying);

    expect(inspectPdf(corrected)).toMatchObject({
      healthy: true,
      pages: [{ width: 200 }, { width: 200 }, { width: 300 }],
    });
    const bench = openWorkbench();
    bench.write('corrected.pdf', corrected);
    expect(bench.run('pdfinfo', 'corrected.pdf').output).toMatch(/Pages:\s+3/);
    bench.remove();
  });
});
