import { Suspense, useCallback, useMemo, useState, type ReactNode } from 'react';
import { AlertDrawer } from '../alerts/alert-drawer.js';
import { loadedLater } from '../app/loaded-later.js';
import { isOpenAlert } from '../live/live-collections.js';
import { useRoomState } from '../room/room.js';
import { useShortcuts } from '../elements/shortcuts.js';
import { Waiting } from '../elements/waiting.js';
import { AlertFeed } from './alert-feed.js';
import { Counts } from './counts.js';
import './live.css';
import { WorkloadBoard } from './workload-board.js';

// The feed must not wait for a megabyte of map.
const DistrictMap = loadedLater(async () => ({ default: (await import('./district-map.js')).DistrictMap }));
const Trend = loadedLater(async () => ({ default: (await import('./trend.js')).Trend }));

/** Map, feed, board and counts of the room, now or then. */
export function RoomView(): ReactNode {
  const alerts = useRoomState((state) => state.alerts);
  const open = useMemo(() => [...alerts.values()].filter(isOpenAlert), [alerts]);
  const [area, setArea] = useState<string | null>(null);
  const [shown, setShown] = useState<string | null>(null);
  const chooseArea = useCallback((code: string | null) => setArea((now) => (now === code ? null : code)), []);
  const closeDrawer = useCallback(() => setShown(null), []);
  useShortcuts(useMemo(() => ({ Escape: () => setArea(null) }), []));

  return (
    <div className="live">
      <Counts />
      <section className="live-map panel">
        <Suspense fallback={<Waiting />}>
          <DistrictMap alerts={open} area={area} onArea={chooseArea} onAlert={setShown} />
        </Suspense>
      </section>
      <Suspense fallback={<section className="live-trend panel" />}>
        <Trend />
      </Suspense>
      <AlertFeed alerts={open} area={area} onArea={setArea} onOpen={setShown} busy={shown !== null} />
      <WorkloadBoard />
      <AlertDrawer alertId={shown} onClose={closeDrawer} />
    </div>
  );
}
