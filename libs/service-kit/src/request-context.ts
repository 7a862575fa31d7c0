import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import type { Actor } from '@brain/auth';
import type { Request } from 'express';
import { clientAddressOf } from './duty/client-address.js';
import type { PersonalDataMark } from './duty/personal-data.decorator.js';
import type { Past } from './past/past.js';

/** What a request brings along besides its body. */
export interface RequestContext {
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId: string;
  /** From Idempotency-Key, made unique per actor. */
  readonly idempotencyKey?: string;
  /** From If-Match. */
  readonly expectedRevision?: number;
  /** When the request arrived, ISO 8601 UTC; of a look into the past the moment it asks for. */
  readonly now: string;
  /** Set: the answer is as of then. */
  readonly past?: Past;
  /** From where; null when nothing says. */
  readonly address: string | null;
}

/** What the kit's middleware and the guard leave on a request. */
export interface KitRequest extends Request {
  actor?: Actor;
  correlationId?: string;
  receivedAt?: string;
  /** The moment it asks for, where the route answers for the past. */
  past?: Past;
  /** What the route shows of people, when it is marked. */
  personalData?: PersonalDataMark;
  /** It is on record already that it was shown. */
  personalDataGiven?: boolean;
  /** Of a request that is refused before its route is known. */
  routePrefix?: string | undefined;
}

export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext): RequestContext => {
  return requestContextOf(context.switchToHttp().getRequest<KitRequest>());
});

export function requestContextOf(request: KitRequest): RequestContext {
  const { actor, correlationId, receivedAt, past } = request;
  if (actor === undefined) throw new DomainError('TOKEN_MISSING', 'Sign in first');
  if (correlationId === undefined || receivedAt === undefined) throw new Error('The correlation middleware did not run');
  const key = request.header('idempotency-key');
  const revision = expectedRevisionOf(request.header('if-match'));
  return {
    actor,
    correlationId,
    causationId: correlationId,
    now: past?.at ?? receivedAt,
    ...(past === undefined ? {} : { past }),
    address: clientAddressOf(request),
    ...(key === undefined ? {} : { idempotencyKey: `${actor.id}:${checkedKey(key)}` }),
    ...(revision === undefined ? {} : { expectedRevision: revision }),
  };
}

function checkedKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw new DomainError('IDEMPOTENCY_KEY_INVALID', 'An Idempotency-Key has 1 to 200 visible ASCII characters', [
    { path: 'Idempotency-Key', message: 'has 1 to 200 visible ASCII characters' },
  ]);
}

function expectedRevisionOf(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined;
  const revision = /^(?:W\/)?"?(\d+)"?$/.exec(ifMatch.trim())?.[1];
  if (revision !== undefined) return Number(revision);
  throw new DomainError('IF_MATCH_INVALID', 'If-Match holds the ETag of the version you saw', [
    { path: 'If-Match', message: 'is not an ETag of this API' },
  ]);
}
