import { App, Button, Input } from 'antd';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertView } from '@brain/contracts';
import { queryClient } from '../app/query-client.js';
import type { AlertCommand, RoomCommands } from '../room/room.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { useProblemText } from '../elements/problem-text.js';

interface AlertActionsProps {
  readonly alert: AlertView;
  readonly commands: RoomCommands;
}

export function AlertActions({ alert, commands }: AlertActionsProps): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const { modal, message } = App.useApp();
  const text = useProblemText();
  const words = useRef('');
  if (!hasRole(user, 'operator')) return null;

  const send = async (command: AlertCommand): Promise<void> => {
    try {
      await commands.commandAlert(alert.alertId, command);
      await queryClient.invalidateQueries({ queryKey: ['alert', alert.alertId] });
    } catch (error) {
      void message.error(text(error));
    }
  };
  const ask = (title: string, hint: string, toCommand: (words: string) => AlertCommand): void => {
    words.current = '';
    void modal.confirm({
      title,
      content: <Input.TextArea rows={3} maxLength={2000} aria-label={hint} placeholder={hint} onChange={({ target }) => (words.current = target.value)} />,
      onOk: () => (words.current.trim() === '' ? Promise.reject(new Error('empty')) : send(toCommand(words.current.trim()))),
    });
  };
  const unseen = alert.state === 'ACTIVE_UNACK' || alert.state === 'CLEARED_UNACK';
  return (
    <div style={{ display: 'flex', gap: '0.5rem', marginBottom: '1.25rem' }}>
      {unseen && (
        <Button type="primary" data-testid="alert-detail-ack" onClick={() => void send({ command: 'acknowledge' })}>{t('live.acknowledge')}</Button>
      )}
      <Button onClick={() => ask(t('alerts.comment'), t('alerts.commentText'), (said) => ({ command: 'comment', text: said }))}>{t('alerts.comment')}</Button>
      {alert.clearedAt === null && (
        <Button danger onClick={() => ask(t('alerts.sureClear'), t('alerts.clearReason'), (reason) => ({ command: 'clear', reason }))}>{t('alerts.clear')}</Button>
      )}
    </div>
  );
}
