import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const SECTIONS = [
  { title: 'shell.anywhere', keys: [['?', 'keyHelp'], ['N', 'keyNew'], ['1 – 9 · 0', 'keyGo'], ['M', 'keyMute'], ['Esc', 'keyEscape']] },
  { title: 'shell.onLive', keys: [['J / K · ↓ / ↑', 'keyNext'], ['A', 'keyAck'], ['Enter', 'keyOpen']] },
  { title: 'past.title', keys: [['Space', 'keyPlay'], ['← / →', 'keyMinute'], ['Shift ← / →', 'keyHour'], ['[ / ]', 'keyChange'], ['+ / −', 'keySpeed']] },
  { title: 'shell.onAudit', keys: [['/', 'keyWords'], ['Tab · Enter', 'keyOpenEvent']] },
] as const;

export function Help({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shell.help')}>
      <div data-testid="help-dialog">
      {SECTIONS.map(({ title, keys }) => (
        <section key={title}>
          <h4 className="muted">{t(title)}</h4>
          <dl className="keys">
            {keys.map(([key, text]) => (
              <div key={key}>
                <dt><kbd>{key}</kbd></dt>
                <dd>{t(`shell.${text}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      </div>
    </Modal>
  );
}
