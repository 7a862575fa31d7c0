import { DomainError } from '@brain/contracts';

export interface SourceSpan {
  readonly start: number;
  readonly end: number;
}

/** A refusal of the expression at `path` (`when` or `clearWhen`), with the character it is about. */
export function refuseExpression(code: string, path: string, what: string, at?: SourceSpan): DomainError {
  const where = at === undefined ? '' : ` (at character ${String(at.start + 1)})`;
  return new DomainError(code, `${path}: ${what}${where}`, [{ path, message: `${what}${where}` }]);
}
