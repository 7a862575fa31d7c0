import { areaBoundaryDrawnV1, areaRegisteredV1, areaRenamedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

export const areaCodec = createEventCodec([areaRegisteredV1, areaRenamedV1, areaBoundaryDrawnV1]);
