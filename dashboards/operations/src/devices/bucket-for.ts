const MINUTE = 60_000;

const CHOICES = [
  { bucket: 'PT1M', ms: MINUTE },
  { bucket: 'PT5M', ms: 5 * MINUTE },
  { bucket: 'PT15M', ms: 15 * MINUTE },
  { bucket: 'PT1H', ms: 60 * MINUTE },
  { bucket: 'P1D', ms: 24 * 60 * MINUTE },
] as const;

/** The finest bucket that gives no more points than a chart can show. */
export function bucketFor(rangeMs: number, points = 300): string {
  return CHOICES.find(({ ms }) => rangeMs / ms <= points)?.bucket ?? 'P1D';
}
