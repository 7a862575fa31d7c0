import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { deviceText } from '../sensor-ingestion/device-registered.v1.js';
import { reading } from '../telemetry/telemetry-message.v1.js';
import { areaCode, instant, location, severity } from '../values.js';
import { caseTemplate, ruleText } from './rule-defined.v1.js';

/** `raisedAt` and `conditionSince` are event time: the time of the readings, not of their arrival. */
export const alertRaisedV1 = defineEvent(
  'alerting',
  'AlertRaised',
  1,
  z.strictObject({
    alertId: z.uuid(),
    ruleId: z.uuid(),
    ruleRevision: z.int().min(0),
    title: ruleText(z.string()),
    deviceId: z.uuid(),
    deviceName: deviceText(z.string()),
    areaCode,
    location: location.nullable(),
    severity,
    conditionSince: instant,
    raisedAt: instant,
    reading,
    openCase: caseTemplate.nullable(),
  }),
);
export type AlertRaised = EventOf<typeof alertRaisedV1>;
