import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { createLocalFaceVerifier } from './index.ts';

const faces = createLocalFaceVerifier({
  registry: { checkFace: async () => ({ outcome: 'passed', reason: '一致', source: 'registry', requestId: '1' }) },
});
const SEEN = [
  { action: 'look', atMs: 900 },
  { action: 'blink', atMs: 2_000 },
  { action: 'turn-left', atMs: 4_000 },
] as const;

const noise = (mean: number, sigma: number, sizePx = 480) =>
  sharp({
    create: {
      ...{ width: sizePx, height: sizePx, channels: 3, background: { r: 0, g: 0, b: 0 } },
      noise: { type: 'gaussian', mean, sigma },
    },
  });
const judge = async (picture: Sharp, seen: Parameters<typeof faces.judge>[0]['seen'] = SEEN) =>
  faces.judge({
    ...{ facts: { name: '张三', idDocumentType: 'CRED_PSN_CH_IDCARD', idNumber: '110101199003078857' } },
    ...{ picture: await picture.toBuffer(), wanted: ['look', 'blink', 'turn-left'], seen, likeness: 1 },
  });

describe('the local engine', () => {
  it('says of what it passes that neither liveness nor likeness is proven', async () => {
    const { outcome, reason } = await judge(noise(128, 40).jpeg());

    expect([outcome, reason]).toEqual(['passed', '动作与画面合理(本地引擎,不证明活体,未与证件照片比对)']);
  });

  it.each([
    ['a dark one', noise(6, 4).jpeg(), '照片过暗,请到光线充足的地方'],
    ['an overexposed one', noise(253, 2).jpeg(), '照片过亮,请避开强光'],
    ['a blurred one', noise(128, 90).blur(40).jpeg(), '照片模糊,请保持不动'],
    ['a small one', noise(128, 40, 200).jpeg(), '照片过小,请靠近一些'],
    ['one that is no JPEG', noise(128, 40).png(), '照片格式不正确'],
  ])('cannot judge a picture that shows nothing: %s', async (_, picture, reason) => {
    expect(await judge(picture)).toMatchObject({ outcome: 'unusable', reason });
  });

  it.each([
    ['missing', SEEN.slice(0, 2), '动作未按提示依次完成'],
    ['in another order', [SEEN[0], SEEN[2], SEEN[1]], '动作未按提示依次完成'],
    ['at one moment', SEEN.map(({ action }) => ({ action, atMs: 900 })), '动作过快,请按提示慢一些'],
    ['over minutes', [...SEEN.slice(0, 2), { action: 'turn-left' as const, atMs: 200_000 }], '动作用时过长,请重新开始'],
  ])('cannot judge movements that are %s', async (_, seen, reason) => {
    expect(await judge(noise(128, 40).jpeg(), seen)).toMatchObject({ outcome: 'unusable', reason });
  });
});
