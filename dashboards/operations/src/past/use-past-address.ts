import { App } from 'antd';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavigationType, useNavigationType, useSearchParams } from 'react-router';
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
  const how = useNavigationType();
  /** Of a jump from here, until it is there. */
  const jumped = useRef<string>(undefined);
  useEffect(() => {
    const { at, as, speed } = readAddress(search);
    const isOurs = how === NavigationType.Replace || search.toString() === jumped.current;
    jumped.current = undefined;
    if (isOurs || at === null) return;
    tell({ type: 'speed-chosen', speed });
    tell({ type: 'sought', at, as });
  }, [search, how, tell]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = (): void => {
      timer = undefined;
      const { playhead, as, speed } = store.get();
      setSearch(addressOf({ at: playhead, as, speed }), { replace: true });
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
      jumped.current = address.toString();
      setSearch(address);
    },
    [store, tell, setSearch],
  );
}

function useWordAboutWrongTime(search: URLSearchParams): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const wrong = search.has('at') && readAddress(search).at === null;
  useEffect(() => {
    if (wrong) void message.warning(t('error.AT_INVALID'));
  }, [wrong, message, t]);
}
