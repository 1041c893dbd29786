/**
 * The second maker of cards, which nothing is tuned with: HTML set by a browser in the fonts of the machine, tilted in space by CSS,
 * photographed as a JPEG.
 */
import { startBrowser } from '../../browser/browser.ts';
import { type Facts, makeBankCard, makeIdCardBack, makeIdCardFront, makeLicense } from '../facts.ts';
import type { Sample } from '../generator-a/index.ts';
import { type Random, seededRandom } from '../random.ts';
import { cardHtml } from './cards.ts';

export interface Studio {
  sampleOf(seed: number): Promise<Sample>;
  close(): Promise<void>;
}

const KINDS = ['id-front', 'license', 'bank-card', 'id-front', 'id-back'] as const;
/** Other people than those of the first maker. */
const SEED_OFFSET = 900_000;

export async function openStudio(): Promise<Studio> {
  const browser = await startBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 960 }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  return {
    sampleOf: async (seed) => {
      const random = seededRandom(SEED_OFFSET + seed);
      const facts = factsOf(KINDS[seed % KINDS.length]!, random);
      await page.setContent(sceneHtml(facts, random));
      await page.evaluate('document.fonts.ready');
      const picture = await page.screenshot({ type: 'jpeg', quality: random.integer(60, 90) });
      return { facts, picture };
    },
    close: () => browser.close(),
  };
}

function factsOf(kind: Facts['kind'], random: Random): Facts {
  if (kind === 'id-front') return makeIdCardFront(random);
  if (kind === 'id-back') return makeIdCardBack(random);
  return kind === 'license' ? makeLicense(random) : makeBankCard(random);
}

function sceneHtml(facts: Facts, random: Random): string {
  const tilt = `rotateX(${random.between(-14, 14)}deg) rotateY(${random.between(-14, 14)}deg) rotateZ(${random.between(-6, 6)}deg)`;
  const turn = random.pick([0, 0, 0, 180]);
  const light = random.between(0.55, 1.05);
  const desk = random.pick(['#6b5540', '#cfd3d6', '#23282d', '#e9e5dc']);
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; width: 1280px; height: 960px; overflow: hidden; display: grid; place-items: center; perspective: 1500px;
      background: repeating-linear-gradient(100deg, ${desk} 0 14px, color-mix(in srgb, ${desk}, #000 6%) 14px 17px);
      filter: brightness(${light}) contrast(${random.between(0.85, 1.1)}) blur(${random.between(0, 0.7)}px); }
    .card { transform: ${tilt} rotate(${turn}deg); box-shadow: 0 6px 18px #0008; position: relative; }
    .glare { position: absolute; inset: 0; background: radial-gradient(circle at ${random.integer(10, 90)}% ${random.integer(10, 90)}%, #fff5, #fff0 35%); }
    </style>${cardHtml(facts, random)}`;
}
