import { useTranslation } from 'react-i18next';
import { eventKey } from '../elements/event-name.js';

/** What an event is called; its wire name where we have no words. */
export function useEventTitle(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => t(`event.${eventKey(type)}`, { defaultValue: type });
}
