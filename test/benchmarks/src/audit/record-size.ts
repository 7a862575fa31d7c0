const DEFAULT = 1_000_000;

/** `--events N` of the command line. */
export function recordSize(argv: readonly string[], usual = DEFAULT): number {
  const at = argv.indexOf('--events');
  if (at === -1) return usual;
  const events = Number(argv[at + 1]);
  if (Number.isInteger(events) && events >= 1_000) return events;
  throw new Error('--events takes a whole number from 1000');
}
