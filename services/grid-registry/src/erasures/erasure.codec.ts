import { erasureCarriedOutV1, erasureRequestedV1, personErasedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

export const erasureCodec = createEventCodec([erasureRequestedV1, personErasedV1, erasureCarriedOutV1]);
