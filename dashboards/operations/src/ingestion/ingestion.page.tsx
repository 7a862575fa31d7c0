import { Tabs } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { READERS } from '@brain/contracts';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { DeadLettersTable } from './dead-letters-table.js';
import { CountsTable } from './counts-table.js';
import { RefusedTable } from './refused-table.js';

/** What came in, what became of it, and what did not get through. */
export default function IngestionPage(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const items = [
    { key: 'refused', label: t('ingestion.refused'), children: <RefusedTable /> },
    { key: 'counts', label: t('ingestion.counts'), children: <CountsTable /> },
    ...(hasRole(user, ...READERS.deadLetter) ? [{ key: 'dead', label: t('ingestion.deadLetters'), children: <DeadLettersTable /> }] : []),
  ];
  return (
    <div className="page">
      <div className="page-head"><h1>{t('shell.ingestion')}</h1></div>
      <Tabs items={items} destroyOnHidden />
    </div>
  );
}
