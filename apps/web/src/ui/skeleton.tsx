import './skeleton.css';

/** Holds the room of what is on its way. @param width, height in CSS units. */
export function Skeleton({ width = '100%', height = '1em' }: { readonly width?: string; readonly height?: string }) {
  return <span className="skeleton" aria-hidden="true" style={{ width, height }} />;
}
