import { useMemo } from 'react';
import { useLive } from '../live/use-live.js';
import { useUser } from '../session/use-user.js';
import { useCounties } from './areas.queries.js';

/** The areas to show. An account for all areas (`*`) shows the counties where something is; who follows no devices, all. */
export function useScopes(): readonly string[] {
  const { areaCodes, roles } = useUser();
  const devices = useLive((state) => state.devices);
  const isEverywhere = areaCodes.includes('*');
  const counties = useCounties(isEverywhere && roles.includes('security-administrator'));
  return useMemo(() => {
    if (!isEverywhere) return areaCodes;
    return [...new Set([...(counties ?? []), ...[...devices.values()].map(({ areaCode }) => areaCode.slice(0, 6))])].sort();
  }, [areaCodes, isEverywhere, counties, devices]);
}
