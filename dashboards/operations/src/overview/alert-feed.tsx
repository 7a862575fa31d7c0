import { App, Button, Checkbox, Empty, Tooltip } from 'antd';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CloseOutlined } from '@ant-design/icons';
import type { AlertView } from '@brain/contracts';
import { useAreaNames } from '../areas/use-area-names.js';
import { useProblemText } from '../elements/problem-text.js';
import { useShortcuts } from '../elements/shortcuts.js';
import { isUnacknowledged } from '../live/live-collections.js';
import { useCommands } from '../room/room.js';
import { AlertRow } from './alert-row.js';
import { AreaPicker } from './area-picker.js';
import { feedOrder, neighbour } from './feed-order.js';

/** More rows than this nobody reads; "show more" adds as many again. */
const STEP = 80;

interface AlertFeedProps {
  readonly alerts: readonly AlertView[];
  readonly area: string | null;
  readonly onArea: (code: string | null) => void;
  readonly onOpen: (alertId: string) => void;
  /** An alert is open in the drawer: keys belong to it. */
  readonly busy: boolean;
}

export function AlertFeed({ alerts, area, onArea, onOpen, busy }: AlertFeedProps): ReactNode {
  const { t } = useTranslation();
  const [unacknowledgedOnly, setUnacknowledgedOnly] = useState(false);
  const [limit, setLimit] = useState(STEP);
  const ordered = useMemo(() => feedOrder(alerts, { area, unacknowledgedOnly }), [alerts, area, unacknowledgedOnly]);
  const rows = ordered.slice(0, limit);
  const { selected, setSelected, acknowledge, list } = useFeedKeys(rows, onOpen, !busy);

  return (
    <section className="live-feed panel" aria-labelledby="feed-title">
      <div className="panel-head">
        <h2 id="feed-title">{t('live.feed')}</h2>
        <span className="chip numbers">{ordered.length}</span>
        <span style={{ flex: 1 }} />
        <Checkbox checked={unacknowledgedOnly} onChange={({ target }) => setUnacknowledgedOnly(target.checked)}>{t('live.unackOnly')}</Checkbox>
      </div>
      <AreaFilter area={area} onArea={onArea} />
      <ul className="feed" ref={list} aria-label={t('live.feed')} data-testid="alert-feed">
        {rows.map((alert) => (
          <AlertRow
            key={alert.alertId}
            alert={alert}
            selected={alert.alertId === selected}
            onSelect={setSelected}
            onOpen={onOpen}
            onAcknowledge={acknowledge}
          />
        ))}
        {rows.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(area === null ? 'live.feedEmpty' : 'live.feedEmptyHere')} />}
        {ordered.length > rows.length && (
          <li className="more">
            <Button size="small" onClick={() => setLimit(limit + STEP)}>{t('live.showMore')}</Button>
            <span className="muted">{t('live.shownOf', { shown: rows.length, total: ordered.length })}</span>
          </li>
        )}
      </ul>
      <footer className="feed-keys muted">
        <div data-testid="feed-order">{t('live.feedSorted')}</div>
        {t(acknowledge === null ? 'past.feedKeys' : 'live.feedKeys')}
      </footer>
    </section>
  );
}

function AreaFilter({ area, onArea }: Pick<AlertFeedProps, 'area' | 'onArea'>): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  return (
    <div className="feed-filter">
      <AreaPicker value={area} onChange={onArea} />
      {area !== null && (
        <Tooltip title={areas.label(area)}>
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('live.clearFilter')} onClick={() => onArea(null)} />
        </Tooltip>
      )}
    </div>
  );
}

function useFeedKeys(rows: readonly AlertView[], onOpen: (alertId: string) => void, enabled: boolean) {
  const { message } = App.useApp();
  const text = useProblemText();
  const [selected, setSelected] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);

  const commands = useCommands();
  const acknowledge = useMemo(
    () =>
      commands &&
      ((alertId: string): void => {
        commands.commandAlert(alertId, { command: 'acknowledge' }).catch((error: unknown) => void message.error(text(error)));
      }),
    [commands, message, text],
  );
  const shortcuts = useMemo(() => {
    const move = (step: 1 | -1) => () => setSelected((now) => neighbour(rows, now, step));
    const act = (action: (alert: AlertView) => void) => () => {
      const alert = rows.find(({ alertId }) => alertId === selected);
      if (alert !== undefined) action(alert);
    };
    const acknowledgeSelected = act((alert) => {
      if (acknowledge === null) return;
      if (!isUnacknowledged(alert)) return;
      // The row moves down once acknowledged; the selection stays where the eyes are.
      setSelected(neighbour(rows.filter((row) => row !== alert), null, 1) === null ? null : neighbour(rows, alert.alertId, 1));
      acknowledge(alert.alertId);
    });
    return {
      j: move(1), ArrowDown: move(1), k: move(-1), ArrowUp: move(-1),
      a: acknowledgeSelected,
      Enter: act(({ alertId }) => onOpen(alertId)),
    };
  }, [rows, selected, onOpen, acknowledge]);
  useShortcuts(shortcuts, enabled);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>('[aria-current="true"]')?.focus({ preventScroll: false });
  }, [selected]);
  return { selected, setSelected, acknowledge, list };
}
