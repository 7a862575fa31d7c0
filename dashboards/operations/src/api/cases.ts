import type { HistoryEntry, CaseView, StaffWorkload } from '@brain/contracts';
import type { Moment } from './past.js';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export type CaseDetail = CaseView & { readonly history: readonly HistoryEntry[] };

export interface CaseCategory {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
}

export async function listCases(query: Readonly<Record<string, QueryValue>>): Promise<Page<CaseView>> {
  return (await request('/api/cases', { query })) as Page<CaseView>;
}

export async function getCase(caseId: string, moment: Moment = {}): Promise<CaseDetail> {
  return (await request(`/api/cases/${caseId}`, { query: { ...moment } })) as CaseDetail;
}

export async function listCategories(): Promise<readonly CaseCategory[]> {
  return ((await request('/api/cases/categories')) as { items: readonly CaseCategory[] }).items;
}

export async function listWorkload(): Promise<readonly StaffWorkload[]> {
  return ((await request('/api/staff/workload', { query: { limit: 500 } })) as Page<StaffWorkload>).items;
}
