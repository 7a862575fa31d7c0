/** RFC 9457 problem details as every door of the product answers them. `code` is stable, people match on it. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/**
 * A refusal with a stable SCREAMING_SNAKE code, thrown by pure decisions and translated once at the edge.
 * Recognised by shape, so it survives duplicated packages.
 */
export class DomainError extends Error {
  /** Where the refused command would have happened, when whoever refused it knows. For the record, not for the answer. */
  areaCode: string | undefined;
  /** The code the record is told, when the answer must not say it: what lies outside one's areas is answered as what is not there. */
  recordedAs: string | undefined;
  readonly details: { readonly errors?: readonly { path: string; message: string }[] };

  constructor(
    readonly code: string,
    message: string,
    errors?: readonly { path: string; message: string }[],
  ) {
    super(message);
    this.name = 'DomainError';
    this.details = errors === undefined ? {} : { errors };
  }
}

export function isDomainError(error: unknown): error is DomainError {
  return error instanceof Error && error.name === 'DomainError' && 'code' in error;
}
