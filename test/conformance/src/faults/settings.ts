/** `BRAIN_FAULT_SEED` repeats a run; else each has its own. */
export const SEED = whole('BRAIN_FAULT_SEED', Date.now() % 1_000_000);
export const ROUNDS = whole('BRAIN_FAULT_ROUNDS', 20);

function whole(name: string, otherwise: number): number {
  const given = process.env[name];
  if (given === undefined || given === '') return otherwise;
  const number = Number(given);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} is a whole number from 1`);
  return number;
}
