import { App, Button, Input } from 'antd';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlertView } from '@brain/contracts';
import { queryClient } from '../app/query-client.js';
import { isUnacknowledged } from '../live/live-collections.js';
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

  const send = async (command: AlertCommand): Promise<boolean> => {
    try {
      await commands.commandAlert(alert.alertId, command);
      await queryClient.invalidateQueries({ queryKey: ['alert', alert.alertId] });
      return true;
    } catch (error) {
      void message.error(text(error));
      return false;
    }
  };
  const ask = (title: string, hint: string, toCommand: (words: string) => AlertCommand): void => {
    words.current = '';
    // The dialog closes once the words are stored; until then it keeps them.
    const stored = async (): Promise<void> => {
      const said = words.current.trim();
      if (said === '') void message.warning(t('alerts.wordsMissing'));
      if (said === '' || !(await send(toCommand(said)))) throw new Error('not stored');
    };
    void modal.confirm({
      title,
      content: <Input.TextArea rows={3} maxLength={2000} aria-label={hint} placeholder={hint} onChange={({ target }) => (words.current = target.value)} />,
      onOk: stored,
    });
  };
  const unseen = isUnacknowledged(alert);
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
