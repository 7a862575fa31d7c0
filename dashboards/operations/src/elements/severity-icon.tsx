import type { Severity } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A shape of its own for each severity: colour alone is not enough for everybody. */
const SHAPES: Readonly<Record<Severity, ReactNode>> = {
  CRITICAL: <path d="M7 1.5h6L18.5 7v6L13 18.5H7L1.5 13V7z" />,
  MAJOR: <path d="M10 1.8 19 17.5H1z" strokeLinejoin="round" />,
  MINOR: <path d="M10 1.2 18.8 10 10 18.8 1.2 10z" />,
  WARNING: <circle cx="10" cy="10" r="8.5" />,
  INFO: <rect x="2" y="2" width="16" height="16" rx="4" />,
};

export function SeverityIcon({ severity }: { readonly severity: Severity }): ReactNode {
  const { t } = useTranslation();
  const label = t(`field.severity-${severity}`);
  return (
    <svg className={`severity-icon severity-${severity}`} viewBox="0 0 20 20" role="img" aria-label={label}>
      <title>{label}</title>
      {SHAPES[severity]}
      {severity === 'INFO' ? <path className="ink" d="M10 9v5M10 6v.5" /> : <path className="ink" d="M10 6.5v4.5M10 13.8v.4" />}
    </svg>
  );
}
