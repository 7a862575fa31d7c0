import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal } from '../personal-data/personal-mark.js';
import { instant } from '../values.js';

/** What is in the store and was not written by the product like that. Where it is, never what is in it. */
const fault = z.strictObject({
  code: z.enum(['EVENT_SET_ASIDE', 'STREAM_FOREIGN_EVENT', 'STREAM_TRUNCATED']),
  /** As the store names it. */
  streamId: notPersonal(z.string().min(1).max(500), 'a name that programs give'),
  /** null: the stream as a whole. */
  revision: z.int().min(0).nullable(),
  at: instant,
});

/** A service met something in the event store that none of the product has written like that. */
export const gridRecordFaultFoundV1 = defineEvent('grid-registry', 'RecordFaultFound', 1, fault);
export const ingestionRecordFaultFoundV1 = defineEvent('sensor-ingestion', 'RecordFaultFound', 1, fault);
export const alertingRecordFaultFoundV1 = defineEvent('alerting', 'RecordFaultFound', 1, fault);
export const caseRecordFaultFoundV1 = defineEvent('case-management', 'RecordFaultFound', 1, fault);
export const evaluationRecordFaultFoundV1 = defineEvent('staff-evaluation', 'RecordFaultFound', 1, fault);
export const auditRecordFaultFoundV1 = defineEvent('audit', 'RecordFaultFound', 1, fault);
export const gatewayRecordFaultFoundV1 = defineEvent('operations-gateway', 'RecordFaultFound', 1, fault);
export type RecordFaultFound = EventOf<typeof auditRecordFaultFoundV1>;

export const recordFaultFoundOf = {
  'grid-registry': gridRecordFaultFoundV1,
  'sensor-ingestion': ingestionRecordFaultFoundV1,
  alerting: alertingRecordFaultFoundV1,
  'case-management': caseRecordFaultFoundV1,
  'staff-evaluation': evaluationRecordFaultFoundV1,
  audit: auditRecordFaultFoundV1,
  'operations-gateway': gatewayRecordFaultFoundV1,
};
