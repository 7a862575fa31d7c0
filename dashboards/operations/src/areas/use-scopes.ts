import { useMemo } from 'react';
import { useLive } from '../live/use-live.js';
import { useUser } from '../session/use-user.js';

/** The areas to show. An account for all areas (`*`) shows the counties where something is. */
export function useScopes(): readonly string[] {
  const { areaCodes } = useUser();
  const devices = useLive((state) => state.devices);
  return useMemo(() => {
    if (!areaCodes.includes('*')) return areaCodes;
    return [...new Set([...devices.values()].map(({ areaCode }) => areaCode.slice(0, 6)))].sort();
  }, [areaCodes, devices]);
}
