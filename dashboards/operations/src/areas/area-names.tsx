import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { areaLabel, shortName } from './area-label.js';
import { useArea, useBoundaries } from './areas.queries.js';
import { AreaNamesContext, type AreaNames } from './use-area-names.js';
import { useScopes } from './use-scopes.js';

/** Asks for the names once, for every row of every list. */
export function AreaNamesOfScope({ children }: { readonly children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const scopes = useScopes();
  const streets = useBoundaries(scopes, 'street').data;
  const communities = useBoundaries(scopes, 'community').data;
  const own = useArea(scopes[0] ?? null).data;
  const areas = useMemo((): AreaNames => {
    const features = [...(streets?.features ?? []), ...(communities?.features ?? [])];
    const names = new Map(features.map(({ properties }) => [properties.code, properties.name]));
    if (own !== undefined) names.set(own.code, own.name);
    const gridName = (number: string): string => t('field.grid', { number });
    return {
      name: (code) => shortName(names.get(code) ?? code),
      label: (code) => areaLabel(code, names, gridName),
    };
  }, [streets, communities, own, t]);
  return <AreaNamesContext value={areas}>{children}</AreaNamesContext>;
}
