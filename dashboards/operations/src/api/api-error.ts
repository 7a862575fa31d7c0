import type { ProblemDetails } from '@brain/contracts';

/** A refusal of the server, in its own words (RFC 9457). People and code match on `code`. */
export class ApiError extends Error {
  constructor(readonly problem: ProblemDetails) {
    super(problem.detail);
    this.name = 'ApiError';
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Anything thrown, as a problem: a lost connection has a code too. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof ApiError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return { type: 'about:blank', title: 'Unreachable', status: 0, code: 'SERVER_UNREACHABLE', detail };
}

/** Somebody else was faster: what we saw is not what is there now. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 409 || error.status === 412);
}
