import { wearerForgottenV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

export const wearerCodec = createEventCodec([wearerForgottenV1]);
