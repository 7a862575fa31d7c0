import {
  deviceCameOnlineV1,
  deviceChangedV1,
  deviceRegisteredV1,
  deviceRetiredV1,
  deviceTokenRotatedV1,
  deviceWearerErasedV1,
  deviceWentOfflineV1,
} from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

export const deviceCodec = createEventCodec([
  deviceRegisteredV1,
  deviceChangedV1,
  deviceRetiredV1,
  deviceTokenRotatedV1,
  deviceCameOnlineV1,
  deviceWearerErasedV1,
  deviceWentOfflineV1,
]);
