import { useTranslation } from 'react-i18next';
import type { StoryNode } from '@brain/contracts';
import { readingText } from '../alerts/reading-text.js';
import { useActorName } from '../elements/use-actor-name.js';
import { useTimeFormat } from '../time/format.js';
import { useCommandName } from './use-command-name.js';
import { useEventTitle } from './use-event-title.js';

export interface NodeWords {
  readonly title: string;
  readonly who: string;
  readonly when: string;
  /** Of what was refused. */
  readonly why?: string;
}

/** The lines of a part of a story: what, who, when, and why. */
export function useNodeWords(): (node: StoryNode) => NodeWords {
  const { t, i18n } = useTranslation();
  const commandName = useCommandName();
  const title = useEventTitle();
  const actorName = useActorName();
  const { dateTime } = useTimeFormat();
  return (node) => {
    switch (node.kind) {
      case 'event':
        return { title: title(node.event.type), who: actorName(node.event.actor), when: dateTime(node.event.time) };
      case 'refused': {
        const { command, code } = node.refusal;
        const why = i18n.exists(`error.${code}`) ? `${t(`error.${code}`)} (${code})` : code;
        return { title: t('audit.refused', { command: commandName(command) }), who: actorName(node.event.actor), when: dateTime(node.event.time), why };
      }
      case 'reading':
        return { title: readingText({ ts: 0, values: node.values }) || t('audit.reading'), who: node.deviceName ?? t('audit.reading'), when: dateTime(node.time) };
      case 'request':
        return { title: t('audit.request'), who: actorName(node.actor), when: dateTime(node.time) };
      case 'system':
        return { title: t('audit.initiative'), who: actorName(node.actor), when: dateTime(node.time) };
      case 'withheld':
        return { title: t('audit.withheld'), who: t('audit.withheldHint'), when: '' };
    }
  };
}
