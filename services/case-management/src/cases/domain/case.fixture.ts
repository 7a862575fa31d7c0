import type { CaseReported } from '@brain/contracts';
import type { CaseActor } from './case.commands.js';
import { createCaseDecider } from './case.decider.js';
import type { CaseEvent } from './case.events.js';
import type { CaseSettings } from './case.settings.js';
import type { StaffOnHand } from './dispatch-rule.js';

/** A short, known world for the specs of this folder. */
export const caseId = '7f3c0000-0000-4000-8000-000000000001';
export const ana = 'a0000000-0000-4000-8000-000000000001';
export const ben = 'b0000000-0000-4000-8000-000000000002';
export const grid = '440305001001001';

export const operator: CaseActor = { id: 'op', staffId: null, operator: true };
export const secondOperator: CaseActor = { id: 'op-2', staffId: null, operator: true };
export const anaHerself: CaseActor = { id: 'acc-ana', staffId: ana, operator: false };
export const benHimself: CaseActor = { id: 'acc-ben', staffId: ben, operator: false };

export const openedAt = '2026-11-23T01:00:00.000Z';
export const now = '2026-11-23T02:00:00.000Z';
export const dueAt = '2026-11-23T05:00:00.000Z';

export const settings: CaseSettings = {
  version: 'test-1',
  categories: [
    {
      standardRef: 'GB/T 47678.5-2026',
      kind: '事项',
      code: '01076',
      name: { zh: '公用电梯异常', en: 'Public lift' },
      deadline: { amount: 4, unit: 'urgent-hour' },
    },
  ],
  fallbackCategory: '01076',
  reopenWithinDays: 30,
  calendar: { holidays: new Set(), workingDays: new Set(), knownUntil: '2027-12-31' },
};
export const decider = createCaseDecider(settings);

export function worker(staffId: string, facts: Partial<StaffOnHand> = {}): StaffOnHand {
  return { staffId, roles: ['grid-worker'], areaCodes: [grid], availability: 'on-duty', load: 0, ...facts };
}

const at = now;
const by = operator.id;
export const number = '440305-20261123-0001';
/** What the reporter said. */
export const facts = {
  category: '01076',
  title: 'lift room over 60 °C',
  description: '',
  areaCode: grid,
  location: null,
  severity: 'MAJOR',
  source: { kind: 'patrol' },
  reportedBy: 'op',
} as const;
export const reported: CaseReported = {
  type: 'CaseReported',
  data: { caseId, number, ...facts, openedAt, dueAt, settingsVersion: 'test-1' },
};
export const accepted: CaseEvent = { type: 'CaseAccepted', data: { caseId, by, at } };
export const dispatched: CaseEvent = {
  type: 'CaseDispatched',
  data: {
    caseId,
    assignee: ana,
    dispatchedBy: by,
    dispatchedAt: at,
    reason: { rule: 'lowest-load', candidates: [{ staffId: ana, load: 0, areaCode: grid }] },
  },
};
export const started: CaseEvent = { type: 'CaseStarted', data: { caseId, by: anaHerself.id, performedBy: ana, at } };
export const completed: CaseEvent = {
  type: 'CaseCompleted',
  data: { caseId, by: anaHerself.id, performedBy: ana, result: 'fan replaced', evidence: [], at },
};
export const verified: CaseEvent = { type: 'CaseVerified', data: { caseId, by, comment: '', at } };
export const closed: CaseEvent = { type: 'CaseClosed', data: { caseId, by, onTime: true, closedAt: at } };
export const suspended: CaseEvent = {
  type: 'CaseSuspended',
  data: { caseId, by, reason: 'part ordered', reviewAt: '2026-11-25T00:00:00.000Z', at },
};

/** The shortest history that leads to each state. */
export const until = {
  reported: [reported],
  accepted: [reported, accepted],
  dispatched: [reported, accepted, dispatched],
  'in-progress': [reported, accepted, dispatched, started],
  suspended: [reported, accepted, dispatched, started, suspended],
  completed: [reported, accepted, dispatched, started, completed],
  verified: [reported, accepted, dispatched, started, completed, verified],
  closed: [reported, accepted, dispatched, started, completed, verified, closed],
  voided: [reported, { type: 'CaseVoided', data: { caseId, by, reason: 'false alarm', at } }],
  merged: [reported, { type: 'CaseMerged', data: { caseId, intoCaseId: ben, by, at } }],
} as const satisfies Record<string, readonly CaseEvent[]>;
