import type { ReactNode } from 'react';

/** The product's mark: one cell of the grid, with its lines running to the middle. */
export function Mark({ size = '1.75rem' }: { readonly size?: string }): ReactNode {
  return (
    <svg viewBox="0 0 32 32" style={{ width: size, height: size, display: 'block' }} fill="none" stroke="var(--accent)" aria-hidden="true">
      <path d="M16 3.5 27 9.75v12.5L16 28.5 5 22.25V9.75z" strokeWidth="2" strokeLinejoin="round" />
      <path d="M16 3.5v8.5M27 22.25 19.6 18M5 22.25 12.4 18" strokeWidth="1.6" />
      <circle cx="16" cy="16" r="3.6" fill="var(--accent)" stroke="none" />
    </svg>
  );
}
