import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Table } from 'antd';
import type { IndicatorScore } from '@brain/contracts';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listSchemes, type Evaluation } from '../api/evaluations.js';
import { usePreferences } from '../app/preferences.js';
import { useTimeFormat } from '../time/format.js';
import './evaluation.css';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

export function Scores({ evaluation }: { readonly evaluation: Evaluation }): ReactNode {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const indicatorName = useIndicatorName();
  const [shown, setShown] = useState<IndicatorScore | null>(null);
  return (
    <>
      <p className="muted numbers">
        {dateTime(evaluation.from)} – {dateTime(evaluation.to)} · {t('evaluation.asOf')} {dateTime(evaluation.asOf)} · {t('evaluation.version', { version: evaluation.schemeVersion })} · {t('evaluation.explain')}
      </p>
      <Table<IndicatorScore>
        size="small"
        rowKey={({ staffId, indicator }) => `${staffId}/${indicator}`}
        dataSource={[...evaluation.scores]}
        pagination={false}
        locale={{ emptyText: t('evaluation.empty') }}
        data-testid="score-table"
        columns={[
          { title: t('evaluation.person'), render: (_, { name }) => <strong>{name}</strong>, sorter: (a, b) => a.name.localeCompare(b.name, 'zh-CN') },
          { title: t('evaluation.indicator'), render: (_, { indicator }) => indicatorName(indicator) },
          { title: t('evaluation.value'), className: 'numbers', sorter: (a, b) => (a.value ?? -1) - (b.value ?? -1), render: (_, { value }) => (value === null ? <span className="chip">{t('evaluation.notEnough')}</span> : <strong>{percent(value)}</strong>) },
          { title: t('evaluation.interval'), width: '18rem', render: (_, score) => <Interval score={score} /> },
          { title: t('evaluation.sample'), className: 'numbers', align: 'end', render: (_, { numerator, denominator }) => `${numerator} / ${denominator}` },
          { render: (_, score) => <Button size="small" onClick={() => setShown(score)}>{t('evaluation.evidence')}</Button> },
        ]}
      />
      <EvidenceDrawer score={shown} onClose={() => setShown(null)} />
    </>
  );
}

function useIndicatorName(): (id: string) => string {
  const { locale } = usePreferences();
  const { data } = useQuery({ queryKey: ['schemes'], queryFn: listSchemes });
  return (id) => {
    const name = data?.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator.id === id)?.indicator.name;
    return name === undefined ? id : locale === 'en' ? name.en : name.zh;
  };
}

/** Where the true value may lie: as wide as the sample is small. */
function Interval({ score: { value, interval } }: { readonly score: IndicatorScore }): ReactNode {
  if (interval === null) return '—';
  const [low, high] = interval;
  return (
    <span className="interval numbers">
      <span className="interval-rail">
        <span style={{ left: percent(low), width: percent(high - low) }} />
        {value !== null && <i style={{ left: percent(value) }} />}
      </span>
      {percent(low)} – {percent(high)}
    </span>
  );
}

function EvidenceDrawer({ score, onClose }: { readonly score: IndicatorScore | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer open={score !== null} onClose={onClose} size="min(40rem, 94vw)" title={t('evaluation.evidenceOf', { name: score?.name ?? '' })} data-testid="evidence-drawer">
      <Table
        size="small"
        rowKey="eventId"
        pagination={false}
        dataSource={[...(score?.evidence ?? [])]}
        columns={[
          { title: t('evaluation.case'), render: (_, { caseId }) => <Link to={`/cases?case=${caseId}`}>{caseId.slice(0, 8)}</Link> },
          { title: t('evaluation.event'), className: 'numbers', render: (_, { eventId }) => <span title={eventId}>{eventId}</span> },
          { render: (_, { counted }) => <span className={`chip ${counted ? 'chip-good' : 'chip-bad'}`}>{t(counted ? 'evaluation.counted' : 'evaluation.notCounted')}</span> },
        ]}
      />
    </Drawer>
  );
}
