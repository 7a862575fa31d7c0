import { App } from 'antd';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '../elements/problem-text.js';
import { changeAfter, changeBefore } from './past-neighbours.js';
import { SETTLED_MS, SPEEDS } from './past-player.js';
import { pastReads } from './past-reads.js';
import { usePlayback } from './playback-context.js';

export interface Walk {
  readonly toggle: () => void;
  readonly by: (ms: number) => void;
  readonly toNext: () => void;
  readonly toPrevious: () => void;
  readonly faster: () => void;
  readonly slower: () => void;
}

/** What the buttons and the keys do. Of several searches only the last one counts. */
export function useWalk(): Walk {
  const { store, tell } = usePlayback();
  const { message } = App.useApp();
  const { t } = useTranslation();
  const text = useProblemText();
  const words = useRef({ t, text });
  words.current = { t, text };
  const searching = useRef<AbortController | null>(null);
  return useMemo(() => {
    const newest = (): number => Date.now() - SETTLED_MS;
    const seek = (at: number): void => {
      searching.current?.abort();
      tell({ type: 'sought', at: Math.min(at, newest()), as: store.get().as });
    };
    const find = async (search: (signal: AbortSignal) => Promise<{ at: string } | undefined>, none: string): Promise<void> => {
      searching.current?.abort();
      const mine = (searching.current = new AbortController());
      try {
        const found = await search(mine.signal);
        if (mine.signal.aborted) return;
        if (found === undefined) void message.info(words.current.t(none));
        else seek(Date.parse(found.at));
      } catch (error) {
        if (!mine.signal.aborted) void message.error(words.current.text(error));
      }
    };
    const turn = (step: 1 | -1) => (): void => {
      const speed = SPEEDS[SPEEDS.indexOf(store.get().speed) + step];
      if (speed !== undefined) tell({ type: 'speed-chosen', speed });
    };
    return {
      toggle: () => tell({ type: store.get().playing ? 'paused' : 'played' }),
      by: (ms) => seek(store.get().playhead + ms),
      toNext: () => {
        const { ahead, as, playhead } = store.get();
        const [known] = ahead.changes;
        if (known !== undefined && Date.parse(known.at) <= ahead.until) seek(Date.parse(known.at));
        else void find((signal) => changeAfter(pastReads.changes, Math.max(playhead, ahead.until), newest(), as, signal), 'past.noneAfter');
      },
      toPrevious: () => {
        const { as, playhead } = store.get();
        void find((signal) => changeBefore(pastReads.changes, playhead, as, signal), 'past.noneBefore');
      },
      faster: turn(1),
      slower: turn(-1),
    };
  }, [store, tell, message]);
}
