import type { CaseCommandName, CaseView } from '@brain/contracts';
import { upsertCases } from '../live/live-collections.js';
import { live } from '../live/live-feed.js';
import { request } from './request.js';

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
