/**
 * Judges a face where there is no vendor: in a sandbox only. It sees whether the actions came in order and at a human pace and whether
 * the picture can be one of a person; it proves no liveness and compares nothing. The rest is what the sandbox registry says.
 */
import sharp, { type Stats } from 'sharp';
import type { LocalFaceVerifier } from '../../modules/identity/ports.ts';

type Captured = Parameters<LocalFaceVerifier['judge']>[0];
type Finding = Awaited<ReturnType<LocalFaceVerifier['judge']>>;

export interface LocalFaceVerifierParts {
  readonly registry: { checkFace(facts: Captured['facts']): Promise<Omit<Finding, 'outcome'> & Answer> };
}

interface Answer {
  readonly outcome: 'passed' | 'un_passed';
}

const SOURCE = 'sandbox-face-local';
const MIN_SIDE = 320;
const MAX_PIXELS = 24_000_000;
/** Bits; an even surface has none. */
const LEAST_ENTROPY = 1;
/** Mean of all channels, 0–255: nothing can be seen beyond these, whoever it is. */
const DARKEST = 15;
const BRIGHTEST = 245;
/** Deviation of the Laplacian: soft cameras come to 0.3 and more, a picture without any edge to less than this. */
const LEAST_SHARPNESS = 0.08;
/** Between two actions. */
const FASTEST_MS = 150;
const SLOWEST_MS = 180_000;

export function createLocalFaceVerifier({ registry }: LocalFaceVerifierParts): LocalFaceVerifier {
  return {
    engine: 'local',
    judge: async (captured) => {
      const { outcome, reason, requestId } = await registry.checkFace(captured.facts);
      const problem = problemOfActions(captured) ?? (await problemOfPicture(captured.picture));
      if (problem !== undefined) return { outcome: 'unusable', reason: problem, source: SOURCE, requestId };
      const said = outcome === 'passed' ? '动作与画面合理(本地引擎,不证明活体,未与证件照片比对)' : reason;
      return { outcome, reason: said, source: SOURCE, requestId };
    },
  };
}

function problemOfActions({ wanted, seen }: Captured): string | undefined {
  const inOrder = seen.length === wanted.length && seen.every(({ action }, i) => action === wanted[i]);
  if (!inOrder) return '动作未按提示依次完成';
  const pauses = seen.map(({ atMs }, i) => atMs - (seen[i - 1]?.atMs ?? 0));
  if (pauses.some((pause) => pause < FASTEST_MS)) return '动作过快,请按提示慢一些';
  return (seen.at(-1)?.atMs ?? 0) > SLOWEST_MS ? '动作用时过长,请重新开始' : undefined;
}

async function problemOfPicture(picture: Uint8Array): Promise<string | undefined> {
  try {
    const image = sharp(picture, { limitInputPixels: MAX_PIXELS, failOn: 'error' });
    const { format, width, height } = await image.metadata();
    if (format !== 'jpeg') return '照片格式不正确';
    if (Math.min(width, height) < MIN_SIDE) return '照片过小,请靠近一些';
    return problemOfLook(await image.stats());
  } catch {
    return '照片无法读取,请重新拍摄';
  }
}

function problemOfLook({ entropy, sharpness, channels }: Stats): string | undefined {
  const brightness = channels.reduce((sum, { mean }) => sum + mean, 0) / channels.length;
  if (brightness < DARKEST) return '照片过暗,请到光线充足的地方';
  if (brightness > BRIGHTEST) return '照片过亮,请避开强光';
  if (entropy < LEAST_ENTROPY) return '照片中看不清人脸,请到光线充足的地方';
  return sharpness < LEAST_SHARPNESS ? '照片模糊,请保持不动' : undefined;
}
