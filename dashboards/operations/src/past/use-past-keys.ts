import { useMemo } from 'react';
import { useShortcuts } from '../elements/shortcuts.js';
import type { Walk } from './use-walk.js';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export function usePastKeys(walk: Walk): void {
  useShortcuts(
    useMemo(
      () => ({
        ' ': walk.toggle,
        ArrowLeft: ({ shiftKey }) => walk.by(shiftKey ? -HOUR : -MINUTE),
        ArrowRight: ({ shiftKey }) => walk.by(shiftKey ? HOUR : MINUTE),
        '[': walk.toPrevious,
        ']': walk.toNext,
        '+': walk.faster,
        '=': walk.faster,
        '-': walk.slower,
      }),
      [walk],
    ),
  );
}
