import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isWithinArea, type StaffWorkload } from '@brain/contracts';
import { listWorkload } from '../api/cases.js';
import { isOpenCase } from '../live/live-collections.js';
import { useLive } from '../live/use-live.js';
import { LoadBar } from '../elements/load-bar.js';

/** What Ant Design's form hands to a field of our own. */
interface FieldProps {
  readonly value?: string;
  readonly onChange?: (value: string | undefined) => void;
  readonly id?: string;
}

interface AssigneeProps extends FieldProps {
  readonly areaCode: string;
  /** Who has the case now and is not offered. Nobody: with no choice the dispatch rule decides. */
  readonly except?: string | undefined;
}

/** Those responsible for the area, the least loaded first. */
export function AssigneeChoice({ areaCode, except, value, onChange, id }: AssigneeProps): ReactNode {
  const { t } = useTranslation();
  const { data, isLoading } = useQuery({ queryKey: ['workload'], queryFn: listWorkload, staleTime: 0 });
  const options = useMemo(() => suggest(data ?? [], areaCode).filter(({ staffId }) => staffId !== except).map((person) => ({
    value: person.staffId,
    search: person.name,
    label: (
      <span style={{ display: 'grid', gridTemplateColumns: '6rem 5rem 1fr', alignItems: 'center', gap: '0.75rem' }}>
        <span className="one-line">{person.name}</span>
        <span className="muted one-line">{t(`field.availability-${person.availability}`)}</span>
        <LoadBar load={person.load} />
      </span>
    ),
  })), [data, areaCode, except, t]);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      loading={isLoading}
      style={{ width: '100%' }}
      placeholder={except === undefined ? t('cases.automatic') : ''}
      // Opened while the dialog still grows, the list would take the width of that moment.
      popupMatchSelectWidth={false}
      styles={{ popup: { root: { width: 'min(30rem, 90vw)' } } }}
      showSearch={{ optionFilterProp: 'search' }}
      options={options}
      value={value ?? null}
      onChange={(chosen: string | null | undefined) => onChange?.(chosen ?? undefined)}
      data-testid="case-field-assignee"
    />
  );
}

/** Responsible for the place before others, present before absent, light before heavy. */
export function suggest(people: readonly StaffWorkload[], areaCode: string): StaffWorkload[] {
  const responsible = ({ areaCodes }: StaffWorkload): boolean => areaCodes.some((scope) => isWithinArea(areaCode, scope));
  const present = ({ availability }: StaffWorkload): boolean => availability === 'on-duty';
  return [...people].sort(
    (a, b) =>
      Number(responsible(b)) - Number(responsible(a)) || Number(present(b)) - Number(present(a)) || a.load - b.load,
  );
}

export function CaseChoice({ except, value, onChange, id }: FieldProps & { readonly except: string }): ReactNode {
  const cases = useLive((state) => state.cases);
  const options = useMemo(
    () =>
      [...cases.values()]
        .filter((one) => isOpenCase(one) && one.caseId !== except)
        .map((one) => ({ value: one.caseId, label: `${one.number} ${one.title}` })),
    [cases, except],
  );
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      style={{ width: '100%' }}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
      value={value ?? null}
      onChange={(chosen: string | null) => onChange?.(chosen ?? undefined)}
    />
  );
}
