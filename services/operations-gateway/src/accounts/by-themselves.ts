import type { Request } from 'express';
import { clientAddressOf, newCorrelationId } from '@brain/service-kit';
import type { ChangedBy } from './account-events.js';

/** Somebody changes their own account or sessions, on a route where no guard looks. */
export function byThemselves(accountId: string, request: Request, time: string): ChangedBy {
  const correlationId = request.header('x-correlation-id') ?? newCorrelationId();
  return { actor: { type: 'user', id: accountId }, time, correlationId, address: clientAddressOf(request) };
}
