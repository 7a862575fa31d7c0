import { Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { CASE_REPORTERS, socketTopicsFor } from '@brain/contracts';
import { announce } from '../live/announce.js';
import { unlockSoundOnGesture } from '../live/chime.js';
import { openFeed } from '../live/live-feed.js';
import { LiveRoom } from '../live/live-room.js';
import { keepSession } from '../session/session.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { useShortcuts } from '../elements/shortcuts.js';
import { Waiting } from '../elements/waiting.js';
import { CrashBarrier } from './crash-barrier.js';
import { useDocumentTitle } from './document-title.js';
import { Header } from './header.js';
import { Help } from './help.js';
import { Navigation } from './navigation.js';
import { NotFound } from './not-found.js';
import './operations.css';
import { keyOfPage, PAGES } from './pages.js';
import { PAST_PATH } from './past-page.js';
import { change, preferences } from './preferences.js';
import { SESSIONS_PATH, SessionsPage } from './sessions-page.js';
import { StaleBanner } from './stale-banner.js';
import { StorageBanner } from './storage-banner.js';
import { NewAlertAnnouncer } from './new-alert-announcer.js';

/** Everything behind the sign-in: the frame of the screen and the one live connection. */
export function Operations(): ReactNode {
  const user = useUser();
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [help, setHelp] = useState(false);
  useEffect(() => {
    const topics = socketTopicsFor(user.roles);
    return topics.length === 0 ? undefined : openFeed({ areas: user.areaCodes, topics, onRaised: announce });
  }, [user]);
  useEffect(unlockSoundOnGesture, []);
  useEffect(keepSession, []);
  const showHelp = useCallback(() => setHelp(true), []);
  useGlobalShortcuts(showHelp);
  useDocumentTitle();
  const pages = PAGES.filter(({ roles }) => hasRole(user, ...roles));
  const [first] = pages;

  return (
    <div className="operations">
      <a className="skip" href="#content">{t('shell.skipToContent')}</a>
      <Header onHelp={showHelp} />
      <Navigation pages={pages} />
      <main id="content" tabIndex={-1}>
        {pathname !== PAST_PATH && <StaleBanner />}
        <StorageBanner />
        <CrashBarrier
          key={pathname}
          title={t('shell.crashed')}
          notLoaded={{ title: t('shell.partMissing'), hint: t('shell.partMissingHint') }}
          retry={t('shell.retry')}
        >
          <Suspense fallback={<Waiting />}>
            <LiveRoom>
              <Routes>
                {pages.map(({ key, path, page: Page }) => <Route key={key} path={path} element={<Page />} />)}
                <Route path={SESSIONS_PATH} element={<SessionsPage />} />
                {first !== undefined && first.path !== '/' && <Route path="/" element={<Navigate to={first.path} replace />} />}
                <Route path="*" element={<NotFound known={PAGES.some(({ path }) => path === pathname)} />} />
              </Routes>
            </LiveRoom>
          </Suspense>
        </CrashBarrier>
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
      <NewAlertAnnouncer />
    </div>
  );
}

function useGlobalShortcuts(showHelp: () => void): void {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const user = useUser();
  const shortcuts = useMemo(() => {
    const pages = PAGES.filter(({ roles }) => hasRole(user, ...roles));
    const go = pages.map(({ path }, index) => [keyOfPage(index), () => void navigate(path)] as const);
    return {
      ...Object.fromEntries(go),
      '?': showHelp,
      ...(pathname === PAST_PATH || !hasRole(user, ...CASE_REPORTERS) ? {} : { n: () => void navigate('/cases?new=1') }),
      m: () => change({ muted: !preferences.get().muted }),
    };
  }, [navigate, pathname, user, showHelp]);
  useShortcuts(shortcuts);
}
