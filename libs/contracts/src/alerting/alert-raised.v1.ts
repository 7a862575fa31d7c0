import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { wornLocation, wornReading, wornText } from '../sensor-ingestion/worn-device.js';
import { areaCode, instant, severity, wearerId } from '../values.js';
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
    /** Whoever wore the device at the time of the reading. */
    wearerId,
    deviceName: wornText(z.string()),
    areaCode,
    location: wornLocation(),
    severity,
    conditionSince: instant,
    raisedAt: instant,
    reading: wornReading(),
    openCase: caseTemplate.nullable(),
  }),
);
export type AlertRaised = EventOf<typeof alertRaisedV1>;
