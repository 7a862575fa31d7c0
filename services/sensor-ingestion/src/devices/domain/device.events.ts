import type {
  DeviceCameOnline,
  DeviceChanged,
  DeviceRegistered,
  DeviceRetired,
  DeviceTokenRotated,
  DeviceWearerErased,
  DeviceWentOffline,
} from '@brain/contracts';

export type DeviceEvent =
  | DeviceRegistered
  | DeviceChanged
  | DeviceRetired
  | DeviceTokenRotated
  | DeviceCameOnline
  | DeviceWentOffline
  | DeviceWearerErased;
