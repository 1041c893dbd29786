/** Line icons of 20 × 20. They never stand alone: a word or a label says the same. */
import type { ReactNode } from 'react';

export type IconName = keyof typeof SHAPES;

const SHAPES = {
  check: <path d="M4.5 10.5l3.6 3.6 7.4-8.2" />,
  close: <path d="M5 5l10 10M15 5L5 15" />,
  'check-circle': <path d="M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM6.8 10.2l2.3 2.3 4.2-4.8" />,
  'close-circle': <path d="M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2" />,
  warning: <path d="M10 3.2L17.4 16H2.6L10 3.2zM10 8.2v3.6M10 13.9v.1" />,
  info: <path d="M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 9.2v4.4M10 6.4v.1" />,
  clock: <path d="M10 2.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15zM10 5.8V10l2.9 1.8" />,
  pen: <path d="M3.8 16.2l.8-3.4 8.3-8.3a1.6 1.6 0 012.3 0l.3.3a1.6 1.6 0 010 2.3l-8.3 8.3-3.4.8zM11.6 5.8l2.6 2.6" />,
  keyboard: <path d="M2.8 5.5h14.4v9H2.8zM5.5 8.3h.1M8.5 8.3h.1M11.5 8.3h.1M14.5 8.3h.1M6.5 11.8h7" />,
  seal: (
    <path d="M8.4 9.6C7 8 7.2 3.6 10 3.6s3 4.4 1.6 6l3 1.2c.8.3 1.2.9 1.2 1.7v.9H4.2v-.9c0-.8.4-1.4 1.2-1.7l3-1.2zM4.8 16.4h10.4" />
  ),
  undo: <path d="M7.2 5.2L4 8.4l3.2 3.2M4.4 8.4h6.8a3.9 3.9 0 010 7.8H8.4" />,
  trash: <path d="M4 5.8h12M8 5.6V4h4v1.6M5.4 5.8l.7 10.4h7.8l.7-10.4M8.4 8.8v4.6M11.6 8.8v4.6" />,
  file: <path d="M5.5 2.8h6l3.4 3.4v11H5.5zM11.3 2.9v3.5h3.5" />,
  download: <path d="M10 3.4v9M6.4 9L10 12.6 13.6 9M4 16.4h12" />,
  settings: <path d="M3 14.6L6.6 5h.2l3.6 9.6M4.2 11.6h5M11.6 14.6l2.5-6.2h.2l2.5 6.2M12.4 12.8h3.6" />,
  lock: <path d="M5 9h10v7.6H5zM7.2 8.8V6.4a2.8 2.8 0 015.6 0v2.4M10 12v1.8" />,
  offline: <path d="M3 3l14 14M4.2 9.4A8.6 8.6 0 017 7.7M9.4 7a8.6 8.6 0 016.4 2.4M6.6 12a5 5 0 016-.9M10 15.4v.1" />,
  link: (
    <path d="M8.4 11.6l3.2-3.2M9 6.4l1.7-1.7a3.2 3.2 0 014.6 4.6L13.6 11M11 13.6l-1.7 1.7a3.2 3.2 0 01-4.6-4.6L6.4 9" />
  ),
  plus: <path d="M10 4.5v11M4.5 10h11" />,
  minus: <path d="M4.5 10h11" />,
  back: <path d="M12 4.5L6.5 10l5.5 5.5" />,
  next: <path d="M8 4.5l5.5 5.5L8 15.5" />,
} as const satisfies Record<string, ReactNode>;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
