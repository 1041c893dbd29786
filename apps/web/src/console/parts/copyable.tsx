/** Text that people carry elsewhere: an id, an address, a hash. */
import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useWords } from '../words.ts';

const SHOWN_MS = 1_500;

interface CopyableProps {
  readonly text: string;
  /** What is shown instead, when the text is long. */
  readonly shown?: string;
}

export function Copyable({ text, shown = text }: CopyableProps) {
  return (
    <span className="copyable">
      <code title={shown === text ? undefined : text}>{shown}</code>
      <CopyButton text={text} />
    </span>
  );
}

/** The beginning and the end of a long hash or token. */
export function shorten(text: string, kept = 8): string {
  return text.length > kept * 2 + 1 ? `${text.slice(0, kept)}…${text.slice(-kept)}` : text;
}

export function CopyButton({ text, children }: { readonly text: string; readonly children?: string }) {
  const words = useWords();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async () => setCopied(await writeClipboard(text));
  const word = isCopied ? words('copied') : words('copy');
  return (
    <Button
      size="small"
      type={children ? 'default' : 'text'}
      className="copy"
      icon={isCopied ? <CheckOutlined className="tone-ok" aria-hidden /> : <CopyOutlined aria-hidden />}
      aria-label={`${word} ${text}`}
      title={word}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    >
      {children}
    </Button>
  );
}

/** Over plain HTTP from another machine there is no clipboard API, only the old command on a selection. */
async function writeClipboard(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    const written = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    if (written) return true;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  document.activeElement?.after(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  return isCopied;
}
