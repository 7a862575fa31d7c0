import type { ReactNode } from 'react';

/** A minute of values as one quiet line; the number beside it says the rest. */
export function Sparkline({ values }: { readonly values: readonly number[] }): ReactNode {
  const top = Math.max(1, ...values);
  const points = values.map((value, index) => `${(index / Math.max(1, values.length - 1)) * 100},${28 - (value / top) * 26}`);
  if (points.length < 2) return <svg className="sparkline" viewBox="0 0 100 30" aria-hidden="true" />;
  return (
    <svg className="sparkline" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <polygon points={`0,30 ${points.join(' ')} 100,30`} fill="var(--accent-soft)" />
      <polyline points={points.join(' ')} fill="none" stroke="var(--accent)" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
