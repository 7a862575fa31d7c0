import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseCommandName } from '@brain/contracts';
import { isConflict, problemOf } from '../api/api-error.js';
import { getCase, type CaseDetail } from '../api/cases.js';
import { eventKey } from '../elements/event-name.js';
import { useActorName } from '../elements/use-actor-name.js';
import { useProblemText } from '../elements/problem-text.js';
import type { RoomCommands } from '../room/room.js';

export type Outcome = { readonly done: true } | { readonly done: false; readonly error: unknown };

/** Gives a command for the revision on the screen. When somebody was faster: says who did what, shows what is now. */
export function useCaseCommand(seen: CaseDetail, commands: RoomCommands) {
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  const { t } = useTranslation();
  const text = useProblemText();
  const actorName = useActorName();
  const [running, setRunning] = useState<CaseCommandName | null>(null);
  const key = ['case', seen.caseId];

  const tellConflict = async (error: unknown): Promise<void> => {
    const now = await getCase(seen.caseId);
    client.setQueryData(key, now);
    const last = now.history.at(-1);
    const moved = now.revision > seen.revision && last !== undefined;
    notification.warning({
      title: t('cases.conflictTitle'),
      description: moved
        ? t('cases.conflict', { who: actorName(last.actor), what: t(`event.${eventKey(last.type)}`) })
        : `${text(error)} ${problemOf(error).detail}`,
    });
  };

  const run = async (command: CaseCommandName, body: unknown): Promise<Outcome> => {
    setRunning(command);
    try {
      await commands.commandCase(command, seen.caseId, seen.revision, body);
      await client.invalidateQueries({ queryKey: key });
      void client.invalidateQueries({ queryKey: ['cases'] });
      void message.success(`${t(`cases.command-${command}`)} · ${t('cases.saved')}`);
      return { done: true };
    } catch (error) {
      if (isConflict(error)) {
        await tellConflict(error);
        return { done: true }; // the question was about something that is no longer so
      }
      if (problemOf(error).errors === undefined) void message.error(text(error));
      return { done: false, error };
    } finally {
      setRunning(null);
    }
  };
  return { run, running };
}
