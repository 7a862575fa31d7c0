import { problemOf } from '../api/api-error.js';

/** The first moment that can be looked at, where a refusal names it. */
export function earliestOf(error: unknown): number | null {
  const { code, errors = [] } = problemOf(error);
  if (code !== 'PAST_NOT_KEPT') return null;
  const time = Date.parse(errors.map(({ message }) => /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(message)?.[0]).find((found) => found !== undefined) ?? '');
  return Number.isNaN(time) ? null : Math.ceil(time / 1000) * 1000;
}
