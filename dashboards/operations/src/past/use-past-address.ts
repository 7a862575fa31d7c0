import { App } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { PastAxis } from '@brain/contracts';
import { addressOf, readAddress } from './past-address.js';
import type { Playback } from './past-playback.js';

/** Browsers refuse an address that changes more often. */
const FOLLOW_MS = 1_000;

export type Jump = (at: number, as?: PastAxis) => void;

/**
 * The moment shown is in the address, so that it can be linked to and shared. A jump is a step of the browser's
 * history; what plays or walks rewrites the step it is at.
 */
export function usePastAddress({ store, tell }: Playback): Jump {
  const [search, setSearch] = useSearchParams();
  /** The address that the playback is at, or says it will be at. */
  const known = useRef(search.toString());
  const go = useCallback(
    (asked: URLSearchParams) => {
      known.current = asked.toString();
      const { at, as, speed } = readAddress(asked);
      if (at === null) return;
      tell({ type: 'speed-chosen', speed });
      tell({ type: 'sought', at, as });
    },
    [tell],
  );
  useEffect(() => {
    // Not from `search`: a step forth and back is over before the page was drawn in between, and would not be seen.
    const step = (): void => go(inTheBar());
    window.addEventListener('popstate', step);
    return () => window.removeEventListener('popstate', step);
  }, [go]);
  useEffect(() => {
    const said = search.toString();
    if (said !== known.current && said === inTheBar().toString()) go(search);
  }, [search, go]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = (): void => {
      timer = undefined;
      if (inTheBar().toString() !== known.current) return; // somebody goes elsewhere
      const { playhead, as, speed } = store.get();
      const address = new URLSearchParams(addressOf({ at: playhead, as, speed }));
      known.current = address.toString();
      setSearch(address, { replace: true });
    };
    const follow = (): void => void (timer ??= setTimeout(write, FOLLOW_MS));
    follow();
    const unsubscribe = store.subscribe(follow);
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, setSearch]);
  useWordAboutWrongTime(search);
  return useCallback<Jump>(
    (at, as = store.get().as) => {
      // Before the address: what is being written meanwhile would write the moment before the jump over it.
      tell({ type: 'sought', at, as });
      const address = new URLSearchParams(addressOf({ at, as, speed: store.get().speed }));
      known.current = address.toString();
      setSearch(address);
    },
    [store, tell, setSearch],
  );
}

/** Ahead of what React has drawn. */
function inTheBar(): URLSearchParams {
  return new URLSearchParams(window.location.search);
}

function useWordAboutWrongTime(search: URLSearchParams): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const wrong = search.has('at') && readAddress(search).at === null;
  useEffect(() => {
    if (wrong) void message.warning(t('error.AT_INVALID'));
  }, [wrong, message, t]);
}
