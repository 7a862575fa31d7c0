import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { areaCode } from '../values.js';
import { clientAddress, counted, refusalCode, targetId } from './duty-fields.js';

/** Who asked is the actor of the event; `anonymous` without a valid sign-in. What the request carried is not kept. */
const refusal = z.strictObject({
  /** The command as the API names it, with the names of ids in place of the ids: `POST /api/cases/:caseId/dispatch`. */
  command: z.string().regex(/^(POST|PUT|PATCH|DELETE) \/[\w:/.-]{1,150}$/),
  /** The thing it was about, when it is one. */
  target: targetId.nullable(),
  /** Where it would have happened, as far as the command says. */
  areaCode: areaCode.nullable(),
  code: refusalCode,
  status: z.int().min(400).max(499),
  address: clientAddress,
  ...counted,
});

/** A command that changed nothing because the service did not allow it. Each service keeps its own. */
export const gridCommandRefusedV1 = defineEvent('grid-registry', 'CommandRefused', 1, refusal);
export const ingestionCommandRefusedV1 = defineEvent('sensor-ingestion', 'CommandRefused', 1, refusal);
export const alertingCommandRefusedV1 = defineEvent('alerting', 'CommandRefused', 1, refusal);
export const caseCommandRefusedV1 = defineEvent('case-management', 'CommandRefused', 1, refusal);
export const evaluationCommandRefusedV1 = defineEvent('staff-evaluation', 'CommandRefused', 1, refusal);
export const auditCommandRefusedV1 = defineEvent('audit', 'CommandRefused', 1, refusal);
export const gatewayCommandRefusedV1 = defineEvent('operations-gateway', 'CommandRefused', 1, refusal);
export type CommandRefused = EventOf<typeof caseCommandRefusedV1>;

export const commandRefusedOf = {
  'grid-registry': gridCommandRefusedV1,
  'sensor-ingestion': ingestionCommandRefusedV1,
  alerting: alertingCommandRefusedV1,
  'case-management': caseCommandRefusedV1,
  'staff-evaluation': evaluationCommandRefusedV1,
  audit: auditCommandRefusedV1,
  'operations-gateway': gatewayCommandRefusedV1,
};
