import {
  ERASED,
  type DeviceCameOnline,
  type DeviceChanged,
  type DeviceRegistered,
  type DeviceRetired,
  type DeviceTokenRotated,
  type DeviceView,
  type DeviceWearerErased,
  type DeviceWentOffline,
} from '@brain/contracts';
import type { Stamp } from './stamp.js';

export type DeviceEvent =
  | DeviceRegistered
  | DeviceChanged
  | DeviceRetired
  | DeviceTokenRotated
  | DeviceCameOnline
  | DeviceWearerErased
  | DeviceWentOffline;

/** The device after the event. Nothing is known of a device before it was registered. */
export function foldDevice(view: DeviceView | undefined, event: DeviceEvent, { revision }: Stamp): DeviceView | undefined {
  if (event.type === 'DeviceRegistered') {
    return { ...profileOf(event.data), state: 'registered', online: false, lastSeenAt: null, revision };
  }
  return view && { ...view, ...changeBy(event, view), revision };
}

export function isDeviceInUse(view: DeviceView): boolean {
  return view.state === 'registered';
}

function changeBy(event: Exclude<DeviceEvent, DeviceRegistered>, view: DeviceView): Partial<DeviceView> {
  switch (event.type) {
    case 'DeviceChanged':
      return profileOf(event.data, view.wearerId);
    case 'DeviceRetired':
      return { state: 'retired', online: false };
    case 'DeviceWearerErased':
      return view.wearerId === event.data.wearerId ? { name: ERASED, location: null } : {};
    case 'DeviceTokenRotated':
      return {};
    case 'DeviceCameOnline':
      return { online: true, lastSeenAt: event.data.at };
    case 'DeviceWentOffline':
      return { online: false };
  }
}

/** Of a device that nobody ever wore nothing is said of a wearer. */
function profileOf({ deviceId, name, kind, areaCode, location, wearerId = null }: DeviceRegistered['data'], before?: string | null) {
  return { deviceId, name, kind, areaCode, location, ...(wearerId === null && !before ? {} : { wearerId }) };
}
