/** A camera that shows nothing for so long has been taken over, for instance by a call. */
const STILL_MS = 5_000;

/** @returns false when no new frame comes for long. */
export function nextFrame(video: HTMLVideoElement): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), STILL_MS);
    const arrive = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    // Older WebViews cannot tell when a frame comes.
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(arrive);
    else requestAnimationFrame(arrive);
  });
}
