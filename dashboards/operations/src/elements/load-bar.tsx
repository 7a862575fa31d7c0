import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './load-bar.css';

/** How full somebody's hands are: red beyond 1. */
export function LoadBar({ load }: { readonly load: number }): ReactNode {
  const { t } = useTranslation();
  const percent = `${Math.round(load * 100)}%`;
  const level = load > 1 ? 'over' : load > 0.75 ? 'high' : 'fine';
  return (
    <span className="load" data-level={level} role="meter" aria-label={t('live.load')} aria-valuenow={load} aria-valuemin={0} aria-valuemax={1} aria-valuetext={percent}>
      <span className="load-rail"><span style={{ width: `${Math.min(1, load) * 100}%` }} /></span>
      <span className="load-number numbers">{percent}</span>
    </span>
  );
}
