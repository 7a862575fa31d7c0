import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode, areaName } from '../values.js';

export const areaRenamedV1 = defineEvent(
  'grid-registry',
  'AreaRenamed',
  1,
  z.strictObject({ code: areaCode, name: areaName }),
);
export type AreaRenamed = EventOf<typeof areaRenamedV1>;
