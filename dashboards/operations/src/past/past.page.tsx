import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { CaseDrawer } from '../cases/case-drawer.js';
import { Waiting } from '../elements/waiting.js';
import { RoomView } from '../overview/room-view.js';
import { RoomContext, type RoomThen } from '../room/room.js';
import { ClockContext, type Clock } from '../time/clock.js';
import { readAddress } from './past-address.js';
import { PastBanner } from './past-banner.js';
import { PastNotices } from './past-notices.js';
import type { Playback } from './past-playback.js';
import './past.css';
import { PlaybackContext, usePlayer } from './playback-context.js';
import { TimeBar } from './time-bar.js';
import { usePastAddress } from './use-past-address.js';
import { usePastKeys } from './use-past-keys.js';
import { useStartedPlayback } from './use-started-playback.js';
import { useWalk } from './use-walk.js';
import { Veil } from './veil.js';

/** The control room at a moment of the past: the same map, feed and board, and nothing that can be done. */
export default function PastPage(): ReactNode {
  const [search] = useSearchParams();
  const playback = useStartedPlayback(readAddress(search));
  if (playback === null) return <Waiting />;
  return (
    <PlaybackContext value={playback}>
      <Past playback={playback} />
    </PlaybackContext>
  );
}

function Past({ playback }: { readonly playback: Playback }): ReactNode {
  const { t } = useTranslation();
  const jump = usePastAddress(playback);
  const walk = useWalk();
  const [shownCase, setShownCase] = useState<string | null>(null);
  const room = usePastRoom(playback, setShownCase);
  const clock = useMemo((): Clock => ({ subscribe: playback.store.subscribe, get: () => playback.store.get().playhead }), [playback]);
  const closeCase = useCallback(() => setShownCase(null), []);
  usePastKeys(walk);
  return (
    <section className="past" data-testid="past" aria-label={t('past.title')}>
      <PastBanner />
      <TimeBar jump={jump} walk={walk} />
      <PastNotices />
      <RoomContext value={room}>
        <ClockContext value={clock}>
          <div className="past-room">
            <RoomView />
            <Veil jump={jump} />
          </div>
          <CaseDrawer caseId={shownCase} onClose={closeCase} />
        </ClockContext>
      </RoomContext>
    </section>
  );
}

function usePastRoom({ store }: Playback, openCase: (caseId: string) => void): RoomThen {
  const as = usePlayer((player) => player.as);
  return useMemo(
    () => ({
      time: 'past',
      state: { subscribe: store.subscribe, get: () => store.get().room },
      as,
      at: () => new Date(store.get().playhead).toISOString(),
      openCase,
    }),
    [store, as, openCase],
  );
}
