import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { areaLabel, shortName } from './area-label.js';
import { useArea, useBoundaries } from './areas.queries.js';
import { useScopes } from './use-scopes.js';

export interface AreaNames {
  readonly name: (code: string) => string;
  readonly label: (code: string) => string;
}

/** Names of the user's areas, known after the boundaries have come; until then the code. */
export function useAreaNames(): AreaNames {
  const { t } = useTranslation();
  const scopes = useScopes();
  const streets = useBoundaries(scopes, 'street').data;
  const communities = useBoundaries(scopes, 'community').data;
  const own = useArea(scopes[0] ?? null).data;
  return useMemo(() => {
    const features = [...(streets?.features ?? []), ...(communities?.features ?? [])];
    const names = new Map(features.map(({ properties }) => [properties.code, properties.name]));
    if (own !== undefined) names.set(own.code, own.name);
    const gridName = (number: string): string => t('field.grid', { number });
    return {
      name: (code) => shortName(names.get(code) ?? code),
      label: (code) => areaLabel(code, names, gridName),
    };
  }, [streets, communities, own, t]);
}
