import { evaluationComputedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

export const evaluationCodec = createEventCodec([evaluationComputedV1]);
