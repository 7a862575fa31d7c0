import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { personalDataAnswer } from './personal-data.js';

const exported = personalDataAnswer.extend({ form: z.enum(['ndjson', 'csv', 'archive']) });

/** Data left the product as a whole, to be kept elsewhere. Written before the first byte leaves. */
export const gridDataExportedV1 = defineEvent('grid-registry', 'DataExported', 1, exported);
export const ingestionDataExportedV1 = defineEvent('sensor-ingestion', 'DataExported', 1, exported);
export const alertingDataExportedV1 = defineEvent('alerting', 'DataExported', 1, exported);
export const caseDataExportedV1 = defineEvent('case-management', 'DataExported', 1, exported);
export const evaluationDataExportedV1 = defineEvent('staff-evaluation', 'DataExported', 1, exported);
export const auditDataExportedV1 = defineEvent('audit', 'DataExported', 1, exported);
export const gatewayDataExportedV1 = defineEvent('operations-gateway', 'DataExported', 1, exported);
export type DataExported = EventOf<typeof auditDataExportedV1>;

export const dataExportedOf = {
  'grid-registry': gridDataExportedV1,
  'sensor-ingestion': ingestionDataExportedV1,
  alerting: alertingDataExportedV1,
  'case-management': caseDataExportedV1,
  'staff-evaluation': evaluationDataExportedV1,
  audit: auditDataExportedV1,
  'operations-gateway': gatewayDataExportedV1,
};
