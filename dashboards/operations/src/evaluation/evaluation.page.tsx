import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Empty, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { computeEvaluation, getEvaluation, listEvaluations, listSchemes } from '../api/evaluations.js';
import { EvidenceButton } from '../audit/evidence-button.js';
import { usePreferences } from '../app/preferences.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { useProblemText } from '../elements/problem-text.js';
import { Waiting } from '../elements/waiting.js';
import { useTimeFormat } from '../time/format.js';
import { instantOf, wallClock } from '../time/wall-clock.js';
import { useZone } from '../time/zone.js';
import { Scores } from './scores.js';

/** The shown result is in the address: it can be sent to whoever should read it. */
export default function EvaluationPage(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const [search, setSearch] = useSearchParams();
  const shown = search.get('evaluation');
  const show = (evaluationId: string): void => setSearch({ evaluation: evaluationId });
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.evaluation')}</h1>
        {hasRole(user, 'evaluator') && <Compute onDone={show} />}
        <span style={{ flex: 1 }} />
        <EvidenceButton about={shown === null ? undefined : `evaluations/${shown}`} />
        <Past value={shown} onChange={show} />
      </div>
      {shown === null ? <Empty description={t('evaluation.choose')} /> : <Result evaluationId={shown} />}
    </div>
  );
}

function Compute({ onDone }: { readonly onDone: (evaluationId: string) => void }): ReactNode {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const { message } = App.useApp();
  const client = useQueryClient();
  const text = useProblemText();
  const schemes = useQuery({ queryKey: ['schemes'], queryFn: listSchemes });
  const [chosen, setChosen] = useState<string | null>(null);
  const zone = useZone();
  const [period, setPeriod] = useState<[Dayjs, Dayjs]>(() => [wallClock(Date.now(), zone).startOf('month'), wallClock(Date.now(), zone).endOf('day')]);
  const [busy, setBusy] = useState(false);
  const schemeId = chosen ?? schemes.data?.[0]?.schemeId ?? null;
  const compute = async (): Promise<void> => {
    if (schemeId === null) return;
    setBusy(true);
    try {
      const made = await computeEvaluation({ schemeId, from: instantOf(period[0], zone), to: instantOf(period[1], zone) });
      client.setQueryData(['evaluation', made.evaluationId], made);
      void client.invalidateQueries({ queryKey: ['evaluations'] });
      onDone(made.evaluationId);
    } catch (error) {
      void message.error(text(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Select
        style={{ minWidth: '14rem' }} aria-label={t('evaluation.scheme')} loading={schemes.isLoading} value={schemeId} onChange={setChosen}
        options={(schemes.data ?? []).map(({ schemeId: value, name, version }) => ({ value, label: `${locale === 'en' ? name.en : name.zh} · ${t('evaluation.version', { version })}` }))}
      />
      <DatePicker.RangePicker
        allowClear={false} aria-label={t('evaluation.period')} value={period}
        onChange={(dates) => {
          if (dates?.[0] && dates[1]) setPeriod([dates[0].startOf('day'), dates[1].endOf('day')]);
        }}
      />
      <Button type="primary" loading={busy} disabled={schemeId === null} data-testid="evaluation-compute" onClick={() => void compute()}>{t('evaluation.compute')}</Button>
    </>
  );
}

function Past({ value, onChange }: { readonly value: string | null; readonly onChange: (evaluationId: string) => void }): ReactNode {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const found = useQuery({ queryKey: ['evaluations'], queryFn: listEvaluations });
  const options = (found.data?.items ?? []).map(({ evaluationId, schemeId, computedAt }) => ({ value: evaluationId, label: `${dateTime(computedAt)} · ${schemeId}` }));
  return <Select style={{ minWidth: '18rem' }} placeholder={t('evaluation.past')} aria-label={t('evaluation.past')} loading={found.isLoading} value={value} options={options} onChange={onChange} />;
}

function Result({ evaluationId }: { readonly evaluationId: string }): ReactNode {
  const found = useQuery({ queryKey: ['evaluation', evaluationId], queryFn: () => getEvaluation(evaluationId), staleTime: Infinity });
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  return found.data === undefined ? <Waiting /> : <Scores evaluation={found.data} />;
}
