import type { ReactNode } from 'react';
import { PageTitle } from './page-title.tsx';

interface PageHeadingProps {
  readonly title: string;
  /** One line on what the page is for. */
  readonly text?: string;
  readonly before?: ReactNode;
  readonly children?: ReactNode;
}

export function PageHeading({ title, text, before, children }: PageHeadingProps) {
  return (
    <header className="page-heading">
      <PageTitle title={title} />
      <div>
        {before}
        <h1>{title}</h1>
        {text && <p>{text}</p>}
      </div>
      {children && <div className="page-actions">{children}</div>}
    </header>
  );
}
