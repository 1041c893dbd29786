import type { ReactNode } from 'react';
import './sheet.css';

interface SheetProps {
  /** What this region is, for screen readers. */
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Where the page says what is next. */
export function BottomSheet({ label, className = '', children }: SheetProps) {
  return (
    <section className={`sheet ${className}`} aria-label={label}>
      {children}
    </section>
  );
}
