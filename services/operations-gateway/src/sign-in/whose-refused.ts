import { z } from 'zod';
import { TokenRefused } from '@brain/auth';
import type { DomainError } from '@brain/contracts';
import type { Whose } from './sign-in-records.js';

const uuid = z.uuid();

/** Whose sign-in was refused, as far as a token of ours, or the word of the organisation's provider, says so. */
export function whoseRefused(error: DomainError): Whose {
  const { cause } = error;
  const named = error instanceof TokenRefused ? error.actorId : typeof cause === 'object' && cause !== null && 'accountId' in cause ? cause.accountId : undefined;
  const accountId = uuid.safeParse(named).data;
  return accountId === undefined ? 'nobody' : { accountId };
}
