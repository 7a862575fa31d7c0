import { defineEvent, type EventOf } from '../event-contract.js';
import { personalDataAnswer } from './personal-data.js';

/** Personal data was shown to somebody, or asked for and refused. Each service keeps its own. */
export const gridPersonalDataReadV1 = defineEvent('grid-registry', 'PersonalDataRead', 1, personalDataAnswer);
export const ingestionPersonalDataReadV1 = defineEvent('sensor-ingestion', 'PersonalDataRead', 1, personalDataAnswer);
export const alertingPersonalDataReadV1 = defineEvent('alerting', 'PersonalDataRead', 1, personalDataAnswer);
export const casePersonalDataReadV1 = defineEvent('case-management', 'PersonalDataRead', 1, personalDataAnswer);
export const evaluationPersonalDataReadV1 = defineEvent('staff-evaluation', 'PersonalDataRead', 1, personalDataAnswer);
export const auditPersonalDataReadV1 = defineEvent('audit', 'PersonalDataRead', 1, personalDataAnswer);
export const gatewayPersonalDataReadV1 = defineEvent('operations-gateway', 'PersonalDataRead', 1, personalDataAnswer);
export type PersonalDataRead = EventOf<typeof gridPersonalDataReadV1>;

export const personalDataReadOf = {
  'grid-registry': gridPersonalDataReadV1,
  'sensor-ingestion': ingestionPersonalDataReadV1,
  alerting: alertingPersonalDataReadV1,
  'case-management': casePersonalDataReadV1,
  'staff-evaluation': evaluationPersonalDataReadV1,
  audit: auditPersonalDataReadV1,
  'operations-gateway': gatewayPersonalDataReadV1,
};
