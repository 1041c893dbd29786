/** What an event or an audit entry is about, as a link where it has a page: `contract:1897…`, `app:2039…`. */
import { Link } from 'react-router';
import { useMay } from '../session/session.ts';
import { Copyable } from './copyable.tsx';

const PAGES = {
  contract: { path: '/contracts', permission: 'contracts.read' },
  app: { path: '/apps', permission: 'apps.read' },
} as const;

export function Subject({ of }: { readonly of: string }) {
  const may = useMay();
  const [kind = '', ...rest] = of.split(':');
  const id = rest.join(':');
  const page = kind === 'contract' || kind === 'app' ? PAGES[kind] : undefined;
  if (id === '') return <Copyable text={of} />;
  return (
    <span className="subject">
      <span className="help">{kind}</span> <Copyable text={id} />
      {page && may(page.permission) && (
        <Link to={`${page.path}/${id}`} aria-label={of}>
          ↗
        </Link>
      )}
    </span>
  );
}
