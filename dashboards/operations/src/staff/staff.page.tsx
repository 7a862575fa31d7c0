import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Input, Select, Table, type TableColumnsType } from 'antd';
import { AVAILABILITIES, type Availability, type StaffView } from '@brain/contracts';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listStaff, setAvailability } from '../api/staff.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useLive } from '../live/use-live.js';
import { AreaPicker } from '../overview/area-picker.js';
import { LoadBar } from '../elements/load-bar.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { useProblemText } from '../elements/problem-text.js';

export default function StaffPage(): ReactNode {
  const { t } = useTranslation();
  const [area, setArea] = useState<string | null>(null);
  const [q, setQ] = useState('');
  const found = useInfiniteQuery({
    queryKey: ['staff', area, q],
    queryFn: ({ pageParam }) => listStaff({ area, q: q.trim(), cursor: pageParam, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const columns = useColumns(() => void found.refetch());
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.staff')}</h1>
        <Input.Search allowClear style={{ width: '12rem' }} placeholder={t('staff.search')} aria-label={t('staff.search')} onSearch={setQ} />
        <div style={{ width: '12rem' }}><AreaPicker size="middle" value={area} onChange={setArea} /></div>
      </div>
      {found.error === null ? (
        <>
          <Table<StaffView> size="small" rowKey="staffId" columns={columns} dataSource={found.data?.pages.flatMap(({ items }) => items) ?? []} loading={found.isLoading} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('staff.empty') }} data-testid="staff-table" />
          <MoreRows query={found} />
        </>
      ) : (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      )}
    </div>
  );
}

function useColumns(reload: () => void): TableColumnsType<StaffView> {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const workload = useLive((state) => state.workload);
  return [
    { title: t('field.name'), render: (_, { name }) => <strong>{name}</strong> },
    { title: t('staff.post'), dataIndex: 'post' },
    { title: t('staff.areas'), render: (_, { areaCodes }) => areaCodes.map(areas.label).join('、') },
    { title: t('staff.skills'), render: (_, { skills }) => skills.map((skill) => <span key={skill} className="chip" style={{ marginInlineEnd: '0.25rem' }}>{skill}</span>) },
    {
      title: t('staff.cases'),
      className: 'numbers',
      render: (_, { staffId }) => {
        const load = workload.get(staffId);
        return load === undefined ? '—' : `${load.openCases} / ${load.overdueCases}`;
      },
    },
    {
      title: t('staff.load'),
      width: '11rem',
      render: (_, { staffId }) => {
        const load = workload.get(staffId);
        return load === undefined ? '—' : <LoadBar load={load.load} />;
      },
    },
    { title: t('staff.availability'), render: (_, person) => <AvailabilityChoice person={person} onChanged={reload} /> },
  ];
}

function AvailabilityChoice({ person, onChanged }: { readonly person: StaffView; readonly onChanged: () => void }): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const { message } = App.useApp();
  const text = useProblemText();
  const [busy, setBusy] = useState(false);
  const options = AVAILABILITIES.map((value) => ({ value, label: t(`field.availability-${value}`) }));
  const change = async (availability: Availability): Promise<void> => {
    setBusy(true);
    try {
      await setAvailability(person.staffId, availability);
      void message.success(t('staff.changed', { name: person.name, availability: t(`field.availability-${availability}`) }));
      onChanged();
    } catch (error) {
      void message.error(text(error));
    } finally {
      setBusy(false);
    }
  };
  if (!hasRole(user, 'administrator', 'operator') && user.staffId !== person.staffId) return t(`field.availability-${person.availability}`);
  return <Select<Availability> size="small" style={{ width: '7rem' }} aria-label={`${t('staff.availability')} ${person.name}`} value={person.availability} loading={busy} options={options} onChange={(value) => void change(value)} />;
}
