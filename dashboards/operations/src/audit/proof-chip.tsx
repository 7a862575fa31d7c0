import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProofState } from './log-checkpoint.js';

const TONES: Readonly<Record<ProofState, string>> = { 'in-log': 'chip-good', pending: 'chip-warn', unknown: '' };

export function ProofChip({ state }: { readonly state: ProofState }): ReactNode {
  const { t } = useTranslation();
  if (state === 'unknown') return <span className="muted" title={t('audit.proof-unknown')}>—</span>;
  return <span className={`chip ${TONES[state]}`} title={t(`audit.proof-${state}-hint`)} data-proof={state}>{t(`audit.proof-${state}`)}</span>;
}
