import type { ActorRef } from '@brain/contracts';
import { useTranslation } from 'react-i18next';
import { useRoomState } from '../room/room.js';
import { useUser } from '../session/use-user.js';
import { useAccountNames } from './use-account-names.js';

/** A person's name where we know it, the rule's or device's where it was one, else the id. */
export function useActorName(): (actor: { readonly type: string; readonly id: string }) => string {
  const { t, i18n } = useTranslation();
  const user = useUser();
  const workload = useRoomState((state) => state.workload);
  const accounts = useAccountNames();
  const devices = useRoomState((state) => state.devices);
  const systemName = (id: string): string => (i18n.exists(`cases.system-${id}`) ? t(`cases.system-${id}`) : `${t('cases.system')} ${id}`);
  return ({ type, id }) => {
    if (id === user.id) return t('cases.youNamed', { name: user.name });
    switch (type as ActorRef['type']) {
      case 'system':
        return systemName(id.startsWith('rule:') ? 'rule' : id);
      case 'device':
        return devices.get(id)?.name ?? id;
      case 'user':
        return workload.get(id)?.name ?? accounts.get(id) ?? id.slice(0, 8);
    }
  };
}
