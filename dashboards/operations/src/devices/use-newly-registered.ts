import { useEffect, useRef } from 'react';
import { useLive } from '../live/use-live.js';

/** Calls back when the line tells of a device that was not there: the answer to a registration comes before the list has it. */
export function useNewlyRegistered(then: () => void): void {
  const count = useLive(({ seq, devices }) => (seq === null ? null : devices.size));
  const latest = useRef(then);
  const before = useRef(count);
  useEffect(() => {
    latest.current = then;
  });
  useEffect(() => {
    if (count === null) return; // the line is about to tell all anew
    if (before.current !== null && count > before.current) latest.current();
    before.current = count;
  }, [count]);
}
