import type { CaseCommandName, CaseHistoryEntry, CaseView, StaffWorkload } from '@brain/contracts';
import { upsertCases } from '../live/live-collections.js';
import { live } from '../live/live-feed.js';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export type CaseDetail = CaseView & { readonly history: readonly CaseHistoryEntry[] };

export interface CaseCategory {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
}

export async function listCases(query: Readonly<Record<string, QueryValue>>): Promise<Page<CaseView>> {
  return (await request('/api/cases', { query })) as Page<CaseView>;
}

export async function getCase(caseId: string): Promise<CaseDetail> {
  return (await request(`/api/cases/${caseId}`)) as CaseDetail;
}

export async function listCategories(): Promise<readonly CaseCategory[]> {
  return ((await request('/api/cases/categories')) as { items: readonly CaseCategory[] }).items;
}

export async function listWorkload(): Promise<readonly StaffWorkload[]> {
  return ((await request('/api/staff/workload', { query: { limit: 500 } })) as Page<StaffWorkload>).items;
}

export async function openCase(body: unknown): Promise<CaseView> {
  return (await request('/api/cases', { method: 'POST', body })) as CaseView;
}

/** `revision` is what the user saw when deciding: the server refuses when somebody was faster. */
export async function commandCase(command: CaseCommandName, caseId: string, revision: number, body: unknown): Promise<CaseView> {
  const view = (await request(`/api/cases/${caseId}/${command}`, { method: 'POST', body, revision })) as CaseView;
  const state = live.get();
  if (state.cases.has(caseId)) live.set({ ...state, cases: upsertCases(state.cases, [view]) });
  return view;
}
