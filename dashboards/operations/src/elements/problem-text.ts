import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';

/** A refusal in the user's language where we have words for its code, else in the server's. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation();
  return (error) => {
    const { code, detail, title } = problemOf(error);
    return i18n.exists(`error.${code}`) ? t(`error.${code}`) : detail || title;
  };
}
