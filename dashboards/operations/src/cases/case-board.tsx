import { Button } from 'antd';
import { memo, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseState, CaseView } from '@brain/contracts';
import { useAreaNames } from '../areas/use-area-names.js';
import { useLive } from '../live/use-live.js';
import { useUser } from '../session/use-user.js';
import { SeverityIcon } from '../elements/severity-icon.js';
import { byUrgency, COLUMNS, matches, type CaseFilter } from './case-filter.js';
import { Deadline } from './deadline.js';

const STEP = 40;

interface CaseBoardProps {
  readonly filter: CaseFilter;
  readonly onOpen: (caseId: string) => void;
}

/** Open cases as they are now, a column per state. */
export function CaseBoard({ filter, onOpen }: CaseBoardProps): ReactNode {
  const user = useUser();
  const cases = useLive((state) => state.cases);
  const columns = useMemo(() => {
    const shown = [...cases.values()].filter((one) => matches(one, filter, user)).sort(byUrgency);
    return COLUMNS.map((state) => ({ state, cases: shown.filter((one) => one.state === state) }));
  }, [cases, filter, user]);
  return (
    <div className="board" data-testid="case-board">
      {columns.map((column) => <Column key={column.state} {...column} onOpen={onOpen} />)}
    </div>
  );
}

interface ColumnProps {
  readonly state: CaseState;
  readonly cases: readonly CaseView[];
  readonly onOpen: (caseId: string) => void;
}

function Column({ state, cases, onOpen }: ColumnProps): ReactNode {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(STEP);
  const late = cases.filter(({ overdue }) => overdue).length;
  return (
    <section className="column" data-state={state} aria-label={t(`cases.state-${state}`)}>
      <header>
        <h2>{t(`cases.state-${state}`)}</h2>
        <span className="chip numbers">{cases.length}</span>
        {late > 0 && <span className="chip chip-bad numbers">{t('live.overdue')} {late}</span>}
      </header>
      <div className="column-cards">
        {cases.slice(0, limit).map((one) => <CaseCard key={one.caseId} one={one} onOpen={onOpen} />)}
        {cases.length === 0 && <p className="muted column-empty">{t('cases.emptyColumn')}</p>}
        {cases.length > limit && <Button size="small" onClick={() => setLimit(limit + STEP)}>{t('live.showMore')}</Button>}
      </div>
    </section>
  );
}

const CaseCard = memo(function CaseCard({ one, onOpen }: { readonly one: CaseView; readonly onOpen: (caseId: string) => void }): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  return (
    <button
      type="button"
      className={`case-card severity-${one.severity}`}
      data-testid="case-card"
      data-case-id={one.caseId}
      data-state={one.state}
      data-overdue={one.overdue}
      onClick={() => onOpen(one.caseId)}
    >
      <span className="case-card-title"><SeverityIcon severity={one.severity} /><b>{one.title}</b></span>
      <span className="one-line muted">{areas.label(one.areaCode)}</span>
      <span className="case-card-foot">
        <span className="one-line">{one.assignee === null ? <i className="muted">{t('field.unassigned')}</i> : one.assignee.name}</span>
        <span className="muted numbers">{one.number}</span>
      </span>
      <Deadline one={one} />
    </button>
  );
});
