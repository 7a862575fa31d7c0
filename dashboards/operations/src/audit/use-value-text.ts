import { useTranslation } from 'react-i18next';
import { useAreaNames } from '../areas/use-area-names.js';
import { useLive } from '../live/use-live.js';
import { useTimeFormat } from '../time/format.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*Z$/;

/** Names of fields and what they hold, in words where we have them, else as recorded. */
export function useValueText() {
  const { t, i18n } = useTranslation();
  const areas = useAreaNames();
  const workload = useLive((state) => state.workload);
  const devices = useLive((state) => state.devices);
  const { dateTime } = useTimeFormat();

  const text = (key: string, said: string): string => {
    if (INSTANT.test(said)) return dateTime(said);
    if (/areaCodes?$/i.test(key)) return `${areas.label(said)} (${said})`;
    const known = workload.get(said)?.name ?? devices.get(said)?.name;
    if (known !== undefined) return known;
    return i18n.exists(`field.${key}-${said}`) ? t(`field.${key}-${said}`) : said;
  };
  const value = (key: string, said: unknown): string => {
    if (typeof said === 'string') return said === '' ? '""' : text(key, said);
    if (typeof said === 'boolean') return t(said ? 'shell.yes' : 'shell.no');
    if (said === null || said === undefined) return '—';
    if (key === 'ts' && typeof said === 'number') return dateTime(said);
    if (Array.isArray(said) && said.every((one) => typeof one === 'string')) return said.map((one) => text(key, one)).join('、') || '—';
    return typeof said === 'number' ? String(said) : JSON.stringify(said, null, 1);
  };
  return { label: (key: string): string => t(`audit.field-${key}`, { defaultValue: key }), value };
}
