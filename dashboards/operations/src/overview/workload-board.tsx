import { Empty } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffWorkload } from '@brain/contracts';
import { useAreaNames } from '../areas/use-area-names.js';
import { useRoomState } from '../room/room.js';
import { LoadBar } from '../elements/load-bar.js';
import { byLoad } from './by-load.js';

/** Who carries how much, the heaviest first. */
export function WorkloadBoard(): ReactNode {
  const { t } = useTranslation();
  const workload = useRoomState((state) => state.workload);
  const rows = useMemo(() => [...workload.values()].sort(byLoad), [workload]);
  const over = rows.filter(({ load }) => load > 1).length;
  return (
    <section className="live-workload panel" aria-labelledby="workload-title">
      <div className="panel-head">
        <h2 id="workload-title">{t('live.workload')}</h2>
        <span className="chip numbers">{rows.length}</span>
        <span style={{ flex: 1 }} />
        {over > 0 && <span className="chip chip-bad numbers">{t('live.overload')} {over}</span>}
      </div>
      <ul className="workload" aria-label={t('live.workload')} tabIndex={0}>
        {rows.map((row) => <WorkloadRow key={row.staffId} row={row} />)}
        {rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('live.workloadEmpty')} />}
      </ul>
    </section>
  );
}

function WorkloadRow({ row }: { readonly row: StaffWorkload }): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  return (
    <li
      className="worker"
      data-testid="workload-row"
      data-staff-id={row.staffId}
      data-open-cases={row.openCases}
      data-availability={row.availability}
      data-over={row.load > 1}
      title={row.areaCodes.map(areas.label).join('、')}
    >
      <i className="presence" aria-hidden="true" />
      <span className="worker-name one-line">{row.name}</span>
      <span className="worker-doing one-line muted">
        {row.availability === 'on-duty' ? t(`field.activity-${row.activity}`) : t(`field.availability-${row.availability}`)}
      </span>
      <span className="worker-counts numbers">
        <b>{row.openCases}</b> <span className="muted">{t('live.open')}</span>
        {row.overdueCases > 0 && <span className="worker-late">{row.overdueCases} {t('live.overdue')}</span>}
      </span>
      <LoadBar load={row.load} />
    </li>
  );
}
