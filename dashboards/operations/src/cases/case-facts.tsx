import type { CaseView } from '@brain/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listCategories } from '../api/cases.js';
import { usePreferences } from '../app/preferences.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useRoom } from '../room/room.js';
import { useTimeFormat } from '../time/format.js';

export function useCategoryName(): (code: string) => string {
  const { locale } = usePreferences();
  const { data } = useQuery({ queryKey: ['case-categories'], queryFn: listCategories, staleTime: Infinity });
  return (code) => {
    const found = data?.find((category) => category.code === code);
    return found === undefined ? code : `${code} ${locale === 'en' ? found.name.en : found.name.zh}`;
  };
}

export function CaseFacts({ one }: { readonly one: CaseView }): ReactNode {
  const { t } = useTranslation();
  const room = useRoom();
  const areas = useAreaNames();
  const categoryName = useCategoryName();
  const { dateTime } = useTimeFormat();
  return (
    <dl className="facts">
      <dt>{t('field.category')}</dt>
      <dd>{categoryName(one.category)}</dd>
      <dt>{t('field.area')}</dt>
      <dd>{areas.label(one.areaCode)} <span className="muted numbers">{one.areaCode}</span></dd>
      <dt>{t('field.assignee')}</dt>
      <dd>{one.assignee?.name ?? <span className="muted">{t('field.unassigned')}</span>}</dd>
      <dt>{t('cases.source')}</dt>
      <dd>
        {t(`cases.source-${one.source.kind}`)}
        {'system' in one.source && one.source.system !== undefined && <> · {one.source.system} <span className="numbers">{one.source.reference}</span></>}
        {one.source.kind === 'alert' && <> · <Link to={`/alerts?alert=${one.source.alertId}`}>{t(room.time === 'past' ? 'past.alertToday' : 'cases.openAlert')}</Link></>}
      </dd>
      <dt>{t('cases.openedAt')}</dt>
      <dd className="numbers">{dateTime(one.openedAt)}</dd>
      <dt>{t('cases.dueAt')}</dt>
      <dd className="numbers">
        {dateTime(one.dueAt)}
        {one.dueIsProvisional === true && <span className="muted" data-testid="due-is-provisional"> · {t('cases.provisional')}</span>}
      </dd>
      {one.closedAt !== null && (
        <>
          <dt>{t('cases.closedAt')}</dt>
          <dd className="numbers">{dateTime(one.closedAt)}</dd>
        </>
      )}
      {one.description !== '' && (
        <>
          <dt>{t('cases.description')}</dt>
          <dd style={{ whiteSpace: 'pre-wrap' }}>{one.description}</dd>
        </>
      )}
    </dl>
  );
}
