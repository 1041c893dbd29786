const LONGEST_EDGE_PX = 1_280;
const QUALITY = 0.9;

/** The present picture of a video as a JPEG in base64, not mirrored. */
export function takePicture(video: HTMLVideoElement): string {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, LONGEST_EDGE_PX / Math.max(videoWidth, videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(videoWidth * scale);
  canvas.height = Math.round(videoHeight * scale);
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? '';
}
