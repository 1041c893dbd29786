import { useEffect } from 'react';

export function PageTitle({ title }: { readonly title: string }) {
  useEffect(() => {
    document.title = `${title} · Signet`;
  }, [title]);
  return null;
}
