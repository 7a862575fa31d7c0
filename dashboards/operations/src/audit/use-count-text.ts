import type { EventCount } from '@brain/contracts';
import { useTranslation } from 'react-i18next';

/** The number found; where counting stopped, that there are more. */
export function useCountText(): (count: EventCount) => string {
  const { t, i18n } = useTranslation();
  return ({ count, exact }) => {
    const number = count.toLocaleString(i18n.language);
    return exact ? number : t('audit.moreThan', { number });
  };
}
