import {
  deviceCameOnlineV1,
  deviceChangedV1,
  deviceRegisteredV1,
  deviceRetiredV1,
  deviceTokenRotatedV1,
  deviceWearerErasedV1,
  deviceWentOfflineV1,
  TOPICS,
} from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { foldDevice, isDeviceInUse } from './domain/device-view.js';
import { viewTable } from './view-table.js';

export const deviceNowProjection = viewTable({
  name: 'device_now',
  topic: TOPICS.deviceEvents,
  codec: createEventCodec([
    deviceRegisteredV1,
    deviceChangedV1,
    deviceRetiredV1,
    deviceTokenRotatedV1,
    deviceCameOnlineV1,
    deviceWearerErasedV1,
    deviceWentOfflineV1,
  ]),
  idColumn: 'device_id',
  idField: 'deviceId',
  fold: foldDevice,
  isOpen: isDeviceInUse,
  erasure: 'DeviceWearerErased',
  columns: (view) => ({ area_code: view.areaCode }),
});
