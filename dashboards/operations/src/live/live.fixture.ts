import type { AlertView, CaseView, Change, DeviceReading, StaffWorkload } from '@brain/contracts';

export function alert(alertId: string, part: Partial<AlertView> = {}): AlertView {
  return {
    alertId,
    ruleId: 'rule-1',
    title: 'lift room over 60 °C',
    deviceId: 'device-1',
    deviceName: 'lift room 3',
    areaCode: '440305001001001',
    location: null,
    severity: 'MAJOR',
    state: 'ACTIVE_UNACK',
    raisedAt: '2026-03-01T08:00:00.000Z',
    updatedAt: '2026-03-01T08:00:00.000Z',
    clearedAt: null,
    acknowledgedBy: null,
    assigneeId: null,
    occurrences: 1,
    reading: { ts: 1, values: { temperature: 61 } },
    caseId: null,
    revision: 0,
    ...part,
  };
}

export function oneCase(caseId: string, part: Partial<CaseView> = {}): CaseView {
  return {
    caseId,
    number: '20260301-0001',
    category: '01076',
    title: 'lift room over 60 °C',
    description: '',
    areaCode: '440305001001001',
    location: null,
    severity: 'MAJOR',
    state: 'reported',
    assignee: null,
    openedAt: '2026-03-01T08:00:00.000Z',
    dueAt: '2026-03-01T12:00:00.000Z',
    overdue: false,
    closedAt: null,
    source: { kind: 'patrol' },
    revision: 0,
    ...part,
  };
}

export function worker(staffId: string, part: Partial<StaffWorkload> = {}): StaffWorkload {
  return {
    staffId,
    name: staffId,
    areaCodes: ['440305001001'],
    availability: 'on-duty',
    activity: 'free',
    openCases: 0,
    overdueCases: 0,
    dueWithinHour: 0,
    load: 0,
    updatedAt: '2026-03-01T08:00:00.000Z',
    ...part,
  };
}

export const alertChange = (seq: number, data: AlertView): Change => ({ seq, topic: 'alert', type: 'alert.raised.v1', data });
export const caseChange = (seq: number, data: CaseView): Change => ({ seq, topic: 'case', type: 'case.changed.v1', data });
export const readingChange = (seq: number, data: DeviceReading): Change => ({ seq, topic: 'reading', type: 'reading.received.v1', data });
