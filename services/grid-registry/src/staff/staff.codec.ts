import { staffAvailabilityChangedV1, staffChangedV1, staffErasedV1, staffRegisteredV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

export const staffCodec = createEventCodec([staffRegisteredV1, staffChangedV1, staffAvailabilityChangedV1, staffErasedV1]);
