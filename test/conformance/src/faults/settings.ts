import type { Bus } from './stack-under-test.js';

/** `BRAIN_FAULT_SEED` repeats a run; else each has its own. */
export const SEED = whole('BRAIN_FAULT_SEED', Date.now() % 1_000_000);
export const ROUNDS = whole('BRAIN_FAULT_ROUNDS', 20);

/** Where the bus is, deck by deck: BRAIN_FAULT_BUSES (`postgres,kafka`), or each once. */
export const BUSES = busesOf(process.env['BRAIN_FAULT_BUSES']);

function busesOf(given: string | undefined): readonly Bus[] {
  const chosen = (['postgres', 'kafka'] as const).filter((bus) => given?.split(',').includes(bus) ?? true);
  if (chosen.length === 0) throw new Error('BRAIN_FAULT_BUSES is postgres, kafka or both');
  return chosen;
}

function whole(name: string, otherwise: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} is a whole number from 1`);
  return number;
}
