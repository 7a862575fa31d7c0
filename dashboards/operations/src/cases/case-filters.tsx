import { Checkbox, Input, Select } from 'antd';
import { CASE_STATES } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AreaPicker } from '../overview/area-picker.js';
import { useUser } from '../session/use-user.js';
import type { CaseFilter } from './case-filter.js';

interface CaseFiltersProps {
  readonly filter: CaseFilter;
  readonly onChange: (filter: CaseFilter) => void;
  readonly withState: boolean;
}

export function CaseFilters({ filter, onChange, withState }: CaseFiltersProps): ReactNode {
  const { t } = useTranslation();
  const { staffId } = useUser();
  const set = (part: Partial<CaseFilter>): void => onChange({ ...filter, ...part });
  return (
    <>
      <Input
        allowClear
        style={{ width: '12rem' }}
        placeholder={t('cases.filterText')}
        aria-label={t('cases.filterText')}
        data-testid="case-filter"
        value={filter.text}
        onChange={({ target }) => set({ text: target.value })}
      />
      <div style={{ width: '12rem' }}><AreaPicker size="middle" value={filter.area} onChange={(area) => set({ area })} /></div>
      {withState && (
        <Select
          mode="multiple"
          maxTagCount="responsive"
          style={{ width: '14rem' }}
          placeholder={t('field.state')}
          aria-label={t('field.state')}
          value={[...filter.states]}
          options={CASE_STATES.map((value) => ({ value, label: t(`cases.state-${value}`) }))}
          onChange={(states) => set({ states })}
        />
      )}
      <Checkbox checked={filter.overdueOnly} onChange={({ target }) => set({ overdueOnly: target.checked })}>{t('cases.overdueOnly')}</Checkbox>
      {withState && (
        <Checkbox
          checked={filter.needsAssignee}
          onChange={({ target }) => set({ needsAssignee: target.checked })}
          data-testid="case-filter-needs-assignee"
        >
          {t('cases.needsAssignee')}
        </Checkbox>
      )}
      {staffId !== null && (
        <Checkbox checked={filter.mineOnly} onChange={({ target }) => set({ mineOnly: target.checked })}>{t('cases.mineOnly')}</Checkbox>
      )}
    </>
  );
}
