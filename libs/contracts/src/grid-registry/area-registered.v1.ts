import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode, areaKind, areaName } from '../values.js';

export const areaRegisteredV1 = defineEvent(
  'grid-registry',
  'AreaRegistered',
  1,
  z.strictObject({ code: areaCode, kind: areaKind, name: areaName, parentCode: areaCode.nullable() }),
);
export type AreaRegistered = EventOf<typeof areaRegisteredV1>;
