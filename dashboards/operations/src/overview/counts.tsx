import { SEVERITIES, type AlertView, type Severity } from '@brain/contracts';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpenAlert, isOpenCase } from '../live/live-collections.js';
import { useRoom, useRoomState } from '../room/room.js';
import { SeverityIcon } from '../elements/severity-icon.js';
import { Sparkline } from './sparkline.js';
import { useReadingRate } from './use-reading-rate.js';

/** The numbers of the shift, at the top of the screen. */
export function Counts(): ReactNode {
  const { t } = useTranslation();
  const room = useRoom();
  const alerts = useRoomState((state) => state.alerts);
  const bySeverity = useMemo(() => countOpen(alerts.values()), [alerts]);
  return (
    <div className="counts numbers">
      <div className="counts-severities panel" aria-label={t('live.openAlerts')} role="group">
        {SEVERITIES.map((severity) => (
          <div key={severity} className={`count severity-${severity}`} data-zero={bySeverity[severity] === 0} data-testid={`count-${severity}`}>
            <span className="count-label"><SeverityIcon severity={severity} />{t(`field.severity-${severity}`)}</span>
            <strong>{bySeverity[severity]}</strong>
          </div>
        ))}
      </div>
      <WorkCounts />
      {room.time === 'now' && <RateCount />}
    </div>
  );
}

function countOpen(alerts: Iterable<AlertView>): Record<Severity, number> {
  const counts: Record<Severity, number> = { CRITICAL: 0, MAJOR: 0, MINOR: 0, WARNING: 0, INFO: 0 };
  for (const alert of alerts) if (isOpenAlert(alert)) counts[alert.severity] += 1;
  return counts;
}

function WorkCounts(): ReactNode {
  const { t } = useTranslation();
  const cases = useRoomState((state) => state.cases);
  const workload = useRoomState((state) => state.workload);
  const devices = useRoomState((state) => state.devices);
  const open = useMemo(() => [...cases.values()].filter(isOpenCase), [cases]);
  const overdue = open.filter((one) => one.overdue).length;
  const staff = [...workload.values()];
  const present = [...devices.values()].filter(({ state }) => state === 'registered');
  return (
    <div className="counts-work panel">
      <Count label={t('live.openCases')} value={open.length} testId="count-cases" />
      <Count label={t('live.overdueCases')} value={overdue} tone={overdue > 0 ? 'bad' : 'calm'} testId="count-overdue" />
      <Count label={t('live.onDuty')} value={staff.filter(({ availability }) => availability === 'on-duty').length} of={staff.length} testId="count-on-duty" />
      <Count label={t('live.devicesOnline')} value={present.filter(({ online }) => online).length} of={present.length} testId="count-devices" />
    </div>
  );
}

function RateCount(): ReactNode {
  const { t } = useTranslation();
  const { perSecond, history } = useReadingRate();
  return (
    <div className="counts-rate panel">
      <Count label={t('live.readingRate')} value={perSecond.toFixed(perSecond < 10 ? 1 : 0)} testId="count-rate" />
      <Sparkline values={history} />
    </div>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number | string;
  readonly of?: number;
  readonly tone?: 'bad' | 'calm';
  readonly testId: string;
}

function Count({ label, value, of, tone = 'calm', testId }: CountProps): ReactNode {
  return (
    <div className="count" data-tone={tone} data-testid={testId}>
      <span className="count-label">{label}</span>
      <strong>{value}{of !== undefined && <small>/{of}</small>}</strong>
    </div>
  );
}
