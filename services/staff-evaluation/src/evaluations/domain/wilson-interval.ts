/** 97.5th percentile of the normal distribution: a two-sided interval of 95 %. */
const Z = 1.959963984540054;

/** Wilson score interval of a share, 95 %, to six decimals. Null without a sample. */
export function wilsonInterval(successes: number, sample: number): [number, number] | null {
  if (sample === 0) return null;
  const share = successes / sample;
  const spread = 1 + (Z * Z) / sample;
  const centre = (share + (Z * Z) / (2 * sample)) / spread;
  const half = (Z / spread) * Math.sqrt((share * (1 - share)) / sample + (Z * Z) / (4 * sample * sample));
  return [rounded(Math.max(centre - half, 0)), rounded(Math.min(centre + half, 1))];
}

/** Six decimals: more than any sample of cases can support, and stable to compare. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
