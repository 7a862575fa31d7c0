import type { Severity } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './elements.css';
import { SeverityIcon } from './severity-icon.js';

export function SeverityTag({ severity }: { readonly severity: Severity }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className={`severity-tag severity-${severity}`}>
      <SeverityIcon severity={severity} />
      {t(`field.severity-${severity}`)}
    </span>
  );
}
