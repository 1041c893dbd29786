/** The pages that the role may see. */
import {
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  ExperimentOutlined,
  FileProtectOutlined,
  ReadOutlined,
  SolutionOutlined,
  TeamOutlined,
} from '@ant-design/icons';
import { type ConsoleSession, mayDo, type Permission } from '@signet/protocol/console-api';
import { NavLink } from 'react-router';
import { type LoggedIn, useSession } from '../session/session.ts';
import { useShellTexts } from './texts.ts';

interface Place {
  readonly path: 'apps' | 'callbacks' | 'contracts' | 'reviews' | 'sandbox' | 'operators' | 'audit';
  readonly permission: Permission;
  readonly icon: typeof ApiOutlined;
  readonly onlyIn?: ConsoleSession['mode'];
}

const PLACES: readonly Place[] = [
  { path: 'apps', permission: 'apps.read', icon: AppstoreOutlined },
  { path: 'contracts', permission: 'contracts.read', icon: FileProtectOutlined },
  { path: 'reviews', permission: 'payouts.read', icon: SolutionOutlined },
  { path: 'callbacks', permission: 'callbacks.read', icon: ApiOutlined },
  { path: 'sandbox', permission: 'sandbox.read', icon: ExperimentOutlined, onlyIn: 'sandbox' },
  { path: 'operators', permission: 'accounts.manage', icon: TeamOutlined },
  { path: 'audit', permission: 'audit.read', icon: AuditOutlined },
];

export function placesOf({ account, mode }: LoggedIn): readonly Place[] {
  return PLACES.filter(
    ({ permission, onlyIn }) => mayDo(account.role, permission) && (onlyIn === undefined || onlyIn === mode),
  );
}

export function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const texts = useShellTexts();
  const session = useSession();
  return (
    <nav aria-label={texts('navigation')} className="navigation">
      <ul>
        {placesOf(session).map(({ path, icon: Icon }) => (
          <li key={path}>
            <NavLink className="page-link" to={`/${path}`} onClick={onGo}>
              <Icon aria-hidden />
              {texts(path)}
            </NavLink>
          </li>
        ))}
      </ul>
      <div className="navigation-foot">
        <a href="/docs" target="_blank" rel="noreferrer">
          <ReadOutlined aria-hidden /> {texts('docs')}
        </a>
        <span>{texts('version', { version: session.version })}</span>
      </div>
    </nav>
  );
}
