import type {
  DeviceCameOnline,
  DeviceChanged,
  DeviceRegistered,
  DeviceRetired,
  DeviceTokenRotated,
  DeviceView,
  DeviceWentOffline,
} from '@brain/contracts';
import type { Stamp } from './stamp.js';

export type DeviceEvent =
  | DeviceRegistered
  | DeviceChanged
  | DeviceRetired
  | DeviceTokenRotated
  | DeviceCameOnline
  | DeviceWentOffline;

/** The device after the event. Nothing is known of a device before it was registered. */
export function foldDevice(view: DeviceView | undefined, event: DeviceEvent, { revision }: Stamp): DeviceView | undefined {
  if (event.type === 'DeviceRegistered') {
    return { ...profileOf(event.data), state: 'registered', online: false, lastSeenAt: null, revision };
  }
  return view && { ...view, ...changeBy(event), revision };
}

export function isDeviceInUse(view: DeviceView): boolean {
  return view.state === 'registered';
}

function changeBy(event: Exclude<DeviceEvent, DeviceRegistered>): Partial<DeviceView> {
  switch (event.type) {
    case 'DeviceChanged':
      return profileOf(event.data);
    case 'DeviceRetired':
      return { state: 'retired', online: false };
    case 'DeviceTokenRotated':
      return {};
    case 'DeviceCameOnline':
      return { online: true, lastSeenAt: event.data.at };
    case 'DeviceWentOffline':
      return { online: false };
  }
}

function profileOf({ deviceId, name, kind, areaCode, location }: DeviceRegistered['data']) {
  return { deviceId, name, kind, areaCode, location };
}
