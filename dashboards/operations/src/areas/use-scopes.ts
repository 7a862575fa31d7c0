import { useMemo } from 'react';
import { READERS } from '@brain/contracts';
import { useLive } from '../live/use-live.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { useCounties } from './areas.queries.js';

/** The areas to show. An account for all areas (`*`) shows the counties where something is; who follows no devices, all. */
export function useScopes(): readonly string[] {
  const user = useUser();
  const { areaCodes } = user;
  const devices = useLive((state) => state.devices);
  const isEverywhere = areaCodes.includes('*');
  const counties = useCounties(isEverywhere && !hasRole(user, ...READERS.device));
  return useMemo(() => {
    if (!isEverywhere) return areaCodes;
    return [...new Set([...(counties ?? []), ...[...devices.values()].map(({ areaCode }) => areaCode.slice(0, 6))])].sort();
  }, [areaCodes, isEverywhere, counties, devices]);
}
