import type { MySession } from '@brain/contracts';
import { request } from './request.js';

export async function listSessions(): Promise<readonly MySession[]> {
  return ((await request('/api/auth/sessions')) as { readonly items: readonly MySession[] }).items;
}

export async function endSession(sessionId: string): Promise<void> {
  await request(`/api/auth/sessions/${sessionId}`, { method: 'DELETE' });
}

/** All but the one of this browser. How many there were. */
export async function endOtherSessions(): Promise<number> {
  return ((await request('/api/auth/sessions/end-others', { method: 'POST' })) as { readonly ended: number }).ended;
}
