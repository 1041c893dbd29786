/** Pictures of a running video: of the part that the person sees in the frame, not mirrored. Nothing beside it is looked at or sent. */

/** Of the frame on the page: width over height. */
const FRAME_RATIO = 3 / 4;
const LONGEST_EDGE_PX = 1_280;
/** Enough for a face that fills a third of it; more only takes longer. */
const SMALL_WIDTH_PX = 288;
const QUALITY = 0.9;

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What `object-fit: cover` leaves of a video in the frame. */
export function visiblePart(videoWidth: number, videoHeight: number): Crop {
  const width = Math.min(videoWidth, videoHeight * FRAME_RATIO);
  const height = width / FRAME_RATIO;
  return { x: (videoWidth - width) / 2, y: (videoHeight - height) / 2, width, height };
}

export interface CameraPicture {
  /** Takes over what the video shows now. False: it shows nothing. */
  take(video: HTMLVideoElement): boolean;
  /** The taken picture, small, for the engine. */
  small(): ImageData;
  /** Keeps the taken picture instead of the one kept before. */
  keep(): void;
  /** The kept picture as a JPEG in base64; empty when none is kept. */
  kept(): string;
  forget(): void;
}

export function createCameraPicture(): CameraPicture {
  const [taken, best, small] = [surface(), surface(true), surface(true)];
  return {
    take: (video) => {
      const { x, y, width, height } = visiblePart(video.videoWidth, video.videoHeight);
      if (width < 1 || height < 1) return false;
      const scale = Math.min(1, LONGEST_EDGE_PX / height);
      resize(taken, Math.round(width * scale), Math.round(height * scale));
      taken.drawImage(video, x, y, width, height, 0, 0, taken.canvas.width, taken.canvas.height);
      return true;
    },
    small: () => {
      resize(small, SMALL_WIDTH_PX, SMALL_WIDTH_PX / FRAME_RATIO);
      const { width, height } = small.canvas;
      small.drawImage(taken.canvas, 0, 0, width, height);
      return small.getImageData(0, 0, width, height);
    },
    keep: () => {
      resize(best, taken.canvas.width, taken.canvas.height);
      best.drawImage(taken.canvas, 0, 0);
    },
    kept: () => (best.canvas.width > 0 ? (best.canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? '') : ''),
    forget: () => {
      for (const each of [taken, best, small]) resize(each, 0, 0);
    },
  };
}

function surface(willReadFrequently = false): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [0, 0];
  const context = canvas.getContext('2d', { willReadFrequently });
  if (!context) throw new Error('a canvas of the browser has no context');
  return context;
}

function resize({ canvas }: CanvasRenderingContext2D, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
