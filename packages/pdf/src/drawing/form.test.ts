import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../syntax/limits.ts';
import { ObjectParser } from '../syntax/parser.ts';
import type { Drawing } from './drawing.ts';
import { drawingForm, windowForm } from './form.ts';

const DRAWING: Drawing = {
  width: 20,
  height: 10,
  items: [
    {
      kind: 'path',
      fill: '#ff0080',
      evenOdd: true,
      segments: [['M', 0, 0], ['L', 1.23456, 2], ['C', 1, 2, 3, 4, 5, 6], ['Z']],
    },
    { kind: 'text', value: '2026-11-24 (a\\b)', x: 1, y: 2, size: 8, fill: '#000000' },
  ],
};

function content(body: Uint8Array, inflate: boolean): string {
  const text = Buffer.from(body).toString('latin1');
  const [, raw = ''] = /stream\n([\s\S]*)\nendstream$/.exec(text) ?? [];
  return inflate ? inflateSync(Buffer.from(raw, 'latin1')).toString('latin1') : raw;
}

describe('a drawing as a form', () => {
  it('has one operator for each segment', () => {
    expect(content(drawingForm(DRAWING), true)).toBe(
      '1 0 0.502 rg\n0 0 m\n1.2346 2 l\n1 2 3 4 5 6 c\nh\nf*\nBT 0 0 0 rg /F 8 Tf 1 2 Td (2026-11-24 \\(a\\\\b\\)) Tj ET',
    );
  });

  it('is a dictionary that our own parser reads', () => {
    const bytes = Buffer.concat([Buffer.from('1 0 obj\n'), drawingForm(DRAWING), Buffer.from('\nendobj')]);
    const { object } = new ObjectParser(bytes, 0, DEFAULT_LIMITS).indirect((length) => Number(length));
    expect(object).toMatchObject({ kind: 'stream' });
  });

  it('is made once for each drawing', () => {
    expect(drawingForm(DRAWING)).toBe(drawingForm(DRAWING));
  });

  it('never writes exponents', () => {
    const tiny: Drawing = {
      width: 1,
      height: 1,
      items: [{ kind: 'path', fill: '#000000', segments: [['M', 1e-9, -1e-9]] }],
    };
    expect(content(drawingForm(tiny), true)).toContain('0 0 m');
  });
});

describe('a window on a drawing', () => {
  it('cuts its part, keeps the proportions and centres it', () => {
    const body = windowForm({
      width: 30,
      height: 10,
      matrix: [1, 0, 0, 1, 0, 0],
      crop: { x: 10, y: 0, width: 10, height: 10 },
      drawing: 7,
    });
    expect(content(body, false)).toBe('q 10 0 10 10 re W n /Ink gs 1 0 0 1 0 0 cm /Seal Do Q');
  });
});
