/** A sample that works as it stands. */
import './code-sample.css';
import { CopyButton } from './copyable.tsx';

export function CodeSample({ title, code }: { readonly title: string; readonly code: string }) {
  return (
    <figure className="code-sample">
      <figcaption>
        <span>{title}</span>
        <CopyButton text={code} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>{code}</code>
      </pre>
    </figure>
  );
}
