/** Left the pages, above who and where one is. */
import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Skeleton } from 'antd';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import './shell.css';
import { Safe } from '../parts/safe.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { useSession } from '../session/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { LookSwitch } from './look-switch.tsx';
import { Navigation } from './navigation.tsx';
import { Pages } from './pages.tsx';
import { useShellTexts } from './texts.ts';

export function Shell() {
  const texts = useShellTexts();
  const { pathname } = useLocation();
  const main = useFocusOnNewPage(pathname);
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {texts('skip')}
      </a>
      <TopBar />
      <aside className="side">
        <Navigation />
      </aside>
      <main id="content" ref={main} tabIndex={-1}>
        <Safe key={pathname}>
          <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
            <Pages />
          </Suspense>
        </Safe>
      </main>
    </div>
  );
}

function TopBar() {
  const texts = useShellTexts();
  const { mode } = useSession();
  const [isNavigating, setNavigating] = useState(false);
  return (
    <header className="top-bar">
      <Button
        type="text"
        className="menu-button"
        icon={<MenuOutlined aria-hidden />}
        aria-label={texts('openNavigation')}
        onClick={() => setNavigating(true)}
      />
      <Drawer
        open={isNavigating}
        placement="left"
        size={260}
        title={texts('navigation')}
        onClose={() => setNavigating(false)}
      >
        <Navigation onGo={() => setNavigating(false)} />
      </Drawer>
      <Link to="/" className="brand-name">
        签印 Signet <span>{texts('console')}</span>
      </Link>
      <StatusMark tone={mode === 'sandbox' ? 'warn' : 'ok'} word={texts(`mode.${mode}`)} />
      <span className="top-bar-end">
        <LanguageSwitch />
        <LookSwitch />
        <AccountMenu />
      </span>
    </header>
  );
}

/** As a browser would after loading a page: the keyboard and the screen reader start at its beginning. */
function useFocusOnNewPage(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname]);
  return main;
}
