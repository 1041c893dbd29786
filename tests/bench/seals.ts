/** How long a company's seal is drawn: with characters that must be read from the font, and with known ones. */
import { drawCompanySeal } from '../../apps/server/src/modules/seals/artwork/company-seal.ts';
import { median, row, title } from './statistics.ts';

const NAME = '中国（广东）自由贸易试验区深圳前海蛇口片区星海云帆供应链管理服务股份有限责任公司';
const CODE = '3301060012345';
const ROUNDS = 50;

export function benchSeals(): void {
  title(`A company seal of ${NAME.length} characters, ms`);
  row('', 'new characters', 'known ones', 'ratio');
  const [unknown = 0, ...known] = Array.from({ length: ROUNDS }, drawOnce);
  row('', unknown, median(known), median(known) / unknown);
}

function drawOnce(): number {
  const begin = performance.now();
  drawCompanySeal(NAME, { code: CODE });
  return performance.now() - begin;
}
