import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal } from '../personal-data/personal-mark.js';
import { accountId, areaCode, code, instant, location, severity } from '../values.js';
import { caseText } from './case-text.js';
import { dueIsProvisional } from './due-is-provisional.js';

/** Where a case came from: an alert, or a person's report (patrol 巡查, resident 居民, hotline 热线, department 部门). */
export const caseSource = z.union([
  z.strictObject({ kind: z.literal('alert'), alertId: z.uuid() }),
  z.strictObject({
    kind: z.enum(['patrol', 'resident', 'hotline', 'department', 'inspection']),
    /** The other system that has this case, and what it calls it there: both or neither. */
    system: notPersonal(z.string().min(1).max(60), 'a system, not a person').optional(),
    reference: notPersonal(z.string().min(1).max(120), 'a number of a case, not of a person').optional(),
  }),
]);
export type CaseSource = z.infer<typeof caseSource>;

/** 上报. The whole-case clock starts at `openedAt`; `dueAt` follows from the category under `settingsVersion`. */
export const caseReportedV1 = defineEvent(
  'case-management',
  'CaseReported',
  1,
  z.strictObject({
    caseId: z.uuid(),
    number: code,
    category: code,
    title: caseText(z.string().min(1).max(200)),
    description: caseText(z.string().max(4000)),
    areaCode,
    location: location.nullable(),
    severity,
    source: caseSource,
    reportedBy: accountId,
    openedAt: instant,
    dueAt: instant,
    dueIsProvisional,
    settingsVersion: code,
  }),
);
export type CaseReported = EventOf<typeof caseReportedV1>;
