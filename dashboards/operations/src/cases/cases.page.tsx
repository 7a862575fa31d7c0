import { PlusOutlined } from '@ant-design/icons';
import { Button, Segmented, Tooltip } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { CASE_REPORTERS } from '@brain/contracts';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { CaseBoard } from './case-board.js';
import { CaseDrawer } from './case-drawer.js';
import { CaseFilters } from './case-filters.js';
import { NO_FILTER } from './case-filter.js';
import { CaseList } from './case-list.js';
import './cases.css';
import { NewCase } from './new-case.js';

/** The open case and the new-case form are in the address, so they can be linked to and left with "back". */
export default function CasesPage(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const [search, setSearch] = useSearchParams();
  const [view, setView] = useState<'board' | 'list'>('board');
  const [filter, setFilter] = useState(NO_FILTER);
  const open = (caseId: string): void => setSearch({ case: caseId });
  const close = (): void => setSearch({});
  const mayReport = hasRole(user, ...CASE_REPORTERS);

  return (
    <div className="page cases">
      <div className="page-head">
        <h1>{t('shell.cases')}</h1>
        <Segmented
          value={view}
          options={[{ value: 'board', label: t('cases.board') }, { value: 'list', label: t('cases.list') }]}
          onChange={setView}
        />
        <CaseFilters filter={filter} onChange={setFilter} withState={view === 'list'} />
        <span style={{ flex: 1 }} />
        {mayReport && (
          <Tooltip title={t('cases.newHint')}>
            <Button type="primary" icon={<PlusOutlined />} data-testid="case-new" onClick={() => setSearch({ new: '1' })}>{t('cases.new')}</Button>
          </Tooltip>
        )}
      </div>
      {view === 'board' ? <CaseBoard filter={filter} onOpen={open} /> : <CaseList filter={filter} onOpen={open} />}
      <CaseDrawer caseId={search.get('case')} onClose={close} />
      <NewCase open={mayReport && search.has('new')} onClose={close} onOpened={open} />
    </div>
  );
}
