import { afterAll } from '@jest/globals';

type Undo = () => unknown;

/**
 * What a set-up opens is closed after the last test, the latest first, also when the set-up failed half way: an
 * `afterAll` that closes what was never opened fails itself, and what it leaves open keeps the run from ending.
 */
export function undoAfterAll(): (undo: Undo) => void {
  const undos: Undo[] = [];
  afterAll(async () => {
    const failures: unknown[] = [];
    for (const undo of undos.reverse()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures);
  });
  return (undo) => undos.push(undo);
}
