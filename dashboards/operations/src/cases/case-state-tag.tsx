import type { CaseState } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const TONES: Readonly<Record<CaseState, string>> = {
  reported: 'chip-warn',
  accepted: 'chip-blue',
  dispatched: 'chip-blue',
  'in-progress': 'chip-info',
  suspended: '',
  completed: 'chip-good',
  verified: 'chip-good',
  closed: '',
  voided: '',
  merged: '',
};

export function CaseStateTag({ state }: { readonly state: CaseState }): ReactNode {
  const { t } = useTranslation();
  return <span className={`chip ${TONES[state]}`}>{t(`cases.state-${state}`)}</span>;
}
