import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { apiDocPages } from '../scripts/generate-api-docs.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'api');

describe('docs/api', () => {
  it('holds exactly the pages that the catalogue gives', () => {
    expect(readdirSync(folder).toSorted()).toEqual([...apiDocPages().keys()].toSorted());
  });

  it.each([...apiDocPages()])('%s is current (else run: npx tsx scripts/generate-api-docs.ts)', (file, text) => {
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
  });
});
