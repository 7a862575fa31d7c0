import { useQuery } from '@tanstack/react-query';
import type { DeviceView } from '@brain/contracts';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { getStaff } from '../api/staff.js';
import { saysErased } from '../elements/erased.js';
import { useLive } from '../live/use-live.js';

/** Every look at a person is on record: one is enough for a while. */
const LOOK_AGAIN_MS = 10 * 60_000;

/** Of a member of staff the name; whoever else wears a device has none here, and is told apart by the id. */
export function useWearerName(wearerId: string | null | undefined): string | null {
  const { t } = useTranslation();
  const id = wearerId ?? null;
  const onBoard = useLive((state) => (id === null ? undefined : state.workload.get(id)?.name));
  const found = useQuery({
    queryKey: ['staff', 'wearer', id],
    queryFn: () => getStaff(id ?? ''),
    enabled: id !== null && onBoard === undefined,
    staleTime: LOOK_AGAIN_MS,
  });
  if (id === null) return null;
  if (onBoard !== undefined) return onBoard;
  if (found.data !== undefined) return found.data.name;
  if (found.error !== null && problemOf(found.error).code === 'STAFF_ERASED') return t('shell.erased');
  return found.isLoading ? '…' : t('devices.wearerUnlisted', { id: id.slice(0, 8) });
}

/** The name of a device goes with whoever wears it: when it can be read no more, they were erased. */
export function isWearerErased({ wearerId, state, name }: DeviceView): boolean {
  return Boolean(wearerId) && state === 'retired' && saysErased(name);
}
