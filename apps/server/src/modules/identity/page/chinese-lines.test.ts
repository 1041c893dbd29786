import { describe, expect, it } from 'vitest';
import { setLines } from './chinese-lines.ts';

/** Ideographs are as wide as they are high, letters and digits half as wide. */
const widthOf = (text: string): number => [...text].reduce((sum, one) => sum + (one < '\x7f' ? 5 : 10), 0);
const lines = (text: string, width: number, indent = 0) =>
  setLines(text, { size: 10, width, indent, widthOf }).map((line) => line.map((piece) => piece.text).join(''));

describe('lines of Chinese text', () => {
  it.each([
    ['fill the column', '甲乙丙丁戊', 30, ['甲乙丙', '丁戊']],
    ['never begin with a closing mark', '甲乙丙，丁', 30, ['甲乙', '丙，丁']],
    ['never begin with one of two closing marks', '甲乙丙）。丁', 30, ['甲乙', '丙）。', '丁']],
    ['never end with an opening mark', '甲乙（丙丁', 30, ['甲乙', '（丙丁']],
    ['keep words and numbers whole', '甲乙91110105丙', 40, ['甲乙', '91110105', '丙']],
    ['take a word that is wider than the column', '甲91110105', 20, ['甲', '91110105']],
  ])('%s', (_, text, width, expected) => {
    expect(lines(text, width)).toEqual(expected);
  });

  it('leave room for the indent of the first one', () => {
    expect(lines('甲乙丙丁', 30, 20)).toEqual(['甲', '乙丙丁']);
  });

  it('are as wide as the column, but for the last one', () => {
    const [first = [], last = []] = setLines('甲乙丙', { size: 10, width: 23, indent: 0, widthOf });

    expect(first.map(({ x }) => x)).toEqual([0, 13]);
    expect(last).toEqual([{ text: '丙', x: 0 }]);
  });
});
