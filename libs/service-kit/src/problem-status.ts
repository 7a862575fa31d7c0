import type { DomainError } from '@brain/contracts';

const EXACT: Readonly<Record<string, number>> = {
  ROLE_NOT_ALLOWED: 403,
  AREA_OUT_OF_SCOPE: 403,
  CROSS_ORIGIN_REFUSED: 403,
  BODY_NOT_JSON: 400,
  TEXT_HAS_NUL: 400,
  AT_INVALID: 400,
  AT_IN_FUTURE: 400,
  AT_NOT_SUPPORTED: 400,
  AS_INVALID: 400,
  CREDENTIALS_WRONG: 401,
  PASSWORD_CHANGE_REQUIRED: 403,
  PASSWORD_EXPIRED: 403,
  REVISION_STALE: 412,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  STREAM_BUSY: 503,
  EVENT_DATA_INVALID: 500,
  EVENT_TYPE_UNKNOWN: 500,
};

const BY_ENDING: readonly (readonly [RegExp, number])[] = [
  [/^TOKEN_/, 401],
  [/_NOT_YOURS$/, 403],
  [/_TOO_LARGE$/, 413],
  [/_UNAVAILABLE$/, 503],
];

/**
 * The HTTP status of a refusal: by code where it is fixed; else 422 when a field is to blame, 404 when the thing
 * asked for does not exist, 409 when it is in another state.
 */
export function statusOf(error: DomainError): number {
  const exact = EXACT[error.code] ?? BY_ENDING.find(([pattern]) => pattern.test(error.code))?.[1];
  if (exact !== undefined) return exact;
  if (error.details.errors !== undefined) return 422;
  return /_(UNKNOWN|NOT_FOUND)$/.test(error.code) ? 404 : 409;
}
