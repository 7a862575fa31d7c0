import { CheckOutlined, ClockCircleOutlined, PauseOutlined, WarningOutlined } from '@ant-design/icons';
import type { CaseView } from '@brain/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isOpenCase } from '../live/live-collections.js';
import { useNow } from '../time/clock.js';
import { countdown, usedShare } from '../time/duration.js';
import { useTimeFormat } from '../time/format.js';

/** From here on the case warns (75 % of its time). */
const WARN_AT = 0.75;

/** How much time is left, or how late it is; the bar is the share of the time that is used. */
export function Deadline({ one }: { readonly one: CaseView }): ReactNode {
  const { t } = useTranslation();
  const { dateTime, zone } = useTimeFormat();
  const now = useNow();
  const left = Date.parse(one.dueAt) - now;
  const title = `${t('cases.dueAt')} ${dateTime(one.dueAt)} ${zone}`;
  if (!isOpenCase(one)) return <span className="deadline" title={title}><span><CheckOutlined /> {t('cases.done')}</span></span>;
  if (one.state === 'suspended') return <span className="deadline" title={title}><span><PauseOutlined /> {t('cases.paused')}</span></span>;
  const share = usedShare(one.openedAt, one.dueAt, now);
  const level = left < 0 ? 'late' : share > WARN_AT ? 'soon' : 'fine';
  return (
    <span className="deadline numbers" data-level={level} title={title}>
      <span>
        {left < 0 ? <WarningOutlined /> : <ClockCircleOutlined />} {countdown(left)} {t(left < 0 ? 'cases.late' : 'cases.remaining')}
      </span>
      <span className="deadline-rail"><span style={{ width: `${Math.min(1, Math.max(0.02, share)) * 100}%` }} /></span>
    </span>
  );
}
