/**
 * Finds faces and their meshes, away from the page's own thread, in WebAssembly. Ending the worker frees all of its memory, which
 * WebAssembly itself never gives back. Nothing leaves the device from here.
 */
import { Human } from '@vladmandic/human';
import type { FaceSeen } from '../sight.ts';
import type { EngineNews, Look, PictureToLookAt } from './engine-messages.ts';
import { measureFace } from './measure-face.ts';
import { measureLight, measureSharpness } from './measure-picture.ts';

/** See `faceEngineAssets` in vite.config.ts. */
const ASSETS = `${self.location.origin}${import.meta.env.FACE_ENGINE_ASSETS}/`;
/** One person and whoever else is there. */
const MOST_FACES = 2;
const LEAST_CONFIDENCE = 0.5;
const MODELS = ['blazeface', 'facemesh', 'iris'] as const;

const human = new Human({
  ...{ backend: 'wasm', wasmPath: ASSETS, modelBasePath: ASSETS },
  ...{ debug: false, async: true, warmup: 'none' },
  // The browser's own cache does; nothing is left in a database of this page.
  cacheModels: false,
  // Every picture is looked at anew: a person who joins is seen at once.
  ...{ cacheSensitivity: 0, skipAllowed: false },
  filter: { enabled: false },
  face: {
    enabled: true,
    detector: { rotation: true, maxDetected: MOST_FACES, minConfidence: LEAST_CONFIDENCE, skipFrames: 0, skipTime: 0 },
    mesh: { enabled: true },
    // Without it shut eyes read half as open as open ones, and narrow eyes hardly differ.
    iris: { enabled: true },
    ...{ attention: { enabled: false }, description: { enabled: false } },
    ...{ emotion: { enabled: false }, antispoof: { enabled: false }, liveness: { enabled: false } },
  },
  ...{ body: { enabled: false }, hand: { enabled: false }, object: { enabled: false } },
  ...{ segmentation: { enabled: false }, gesture: { enabled: false } },
});

const tell = (news: EngineNews): void => self.postMessage(news);
const tellFailure = (error: unknown): void => tell({ kind: 'failed', reason: String(error) });

async function start(): Promise<void> {
  await human.load();
  if (human.tf.getBackend() !== 'wasm') throw new Error(`backend ${human.tf.getBackend()}`);
  // A model that does not come is logged by the library, and everything goes on without it.
  const missing = MODELS.filter((name) => !Reflect.has(human.models.models[name] ?? {}, 'executor'));
  if (missing.length > 0) throw new Error(`missing ${missing}`);
  // The first picture of all takes several times as long as the others.
  const [width, height] = [96, 128];
  await lookAt(new ImageData(width, height));
  tell({ kind: 'ready' });
}

async function lookAt(pixels: ImageData): Promise<Look> {
  const tensor = human.tf.browser.fromPixels(pixels);
  const { face: found } = await human.detect(tensor);
  human.tf.dispose(tensor);
  const faces = found
    .map(({ mesh }) => measureFace(mesh, pixels))
    .filter((face): face is FaceSeen => face !== undefined)
    .toSorted((a, b) => b.box.height - a.box.height);
  const box = faces[0]?.box;
  return { faces, light: measureLight(pixels, box), sharpness: box ? measureSharpness(pixels, box) : 0 };
}

self.onmessage = ({ data: picture }: MessageEvent<PictureToLookAt>): void => {
  const { data, width, height } = picture;
  const pixels = new ImageData(new Uint8ClampedArray(data), width, height);
  lookAt(pixels).then((look) => tell({ kind: 'seen', look }), tellFailure);
};
start().catch(tellFailure);
