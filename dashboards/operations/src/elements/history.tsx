import type { HistoryEntry } from '@brain/contracts';
import { Timeline } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoomState } from '../room/room.js';
import { eventKey } from './event-name.js';
import { useActorName } from './use-actor-name.js';
import { useTimeFormat } from '../time/format.js';

/** What happened to an alert or a case, who did it and when: newest first. */
export function History({ history }: { readonly history: readonly HistoryEntry[] }): ReactNode {
  const items = [...history].reverse().map((entry, index) => ({
    key: entry.eventId,
    color: index === 0 ? 'var(--accent)' : 'var(--line-strong)',
    content: <Entry entry={entry} />,
  }));
  return <div data-testid="history"><Timeline items={items} /></div>;
}

function Entry({ entry }: { readonly entry: HistoryEntry }): ReactNode {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const actorName = useActorName();
  const notes = useNotes(entry);
  return (
    <div data-testid="history-entry" data-type={entry.type}>
      <strong>{t(`event.${eventKey(entry.type)}`, { defaultValue: entry.type })}</strong>
      <div className="history-who muted">
        <span className="numbers" title={t('cases.recordedAt', { time: dateTime(entry.recordedAt) })}>{dateTime(entry.time)}</span>
        <span>{t('shell.labelled', { label: t('cases.by'), text: actorName(entry.actor) })}</span>
      </div>
      {notes.map((note) => <p key={note} className="history-note">{note}</p>)}
    </div>
  );
}

/** The few things of an event's data that a person wants to read. */
function useNotes({ data }: HistoryEntry): string[] {
  const { t } = useTranslation();
  const { dateTime } = useTimeFormat();
  const workload = useRoomState((state) => state.workload);
  const text = (key: string): string[] => (typeof data[key] === 'string' && data[key] !== '' ? [data[key]] : []);
  const labelled = (key: string, said: string): string => t('shell.labelled', { label: t(`cases.${key}`), text: said });
  const reason = data.reason as string | { readonly rule: string } | undefined;
  return [
    ...[...text('assignee'), ...text('assigneeId')].map((id) => `${t('cases.dispatchedTo', { name: workload.get(id)?.name ?? id.slice(0, 8) })}${ruleOf(reason, t)}`),
    ...(typeof reason === 'string' ? [labelled('reason', reason)] : []),
    ...text('result').map((result) => labelled('result', result)),
    ...[...text('comment'), ...text('text')].map((comment) => labelled('comment', comment)),
    ...text('dueAt').map((dueAt) => labelled('dueAt', dateTime(dueAt))),
    ...text('reviewAt').map((reviewAt) => labelled('reviewAt', dateTime(reviewAt))),
    ...(typeof data.satisfaction === 'number' ? [labelled('satisfaction', '★'.repeat(data.satisfaction))] : []),
  ];
}

function ruleOf(reason: unknown, t: (key: string) => string): string {
  if (typeof reason !== 'object' || reason === null || !('rule' in reason)) return '';
  return ` · ${t(reason.rule === 'manual' ? 'cases.ruleManual' : 'cases.ruleLowestLoad')}`;
}
