import { useTranslation } from 'react-i18next';

/** Kinds are data: one we have no word for keeps its own. */
export function useKindName(): (kind: string) => string {
  const { t } = useTranslation();
  return (kind) => t(`field.kind-${kind}`, { defaultValue: kind });
}
