import type { ProblemDetails } from '@brain/contracts';
import type { Response } from 'express';

export interface ImportCounts {
  readonly imported: number;
  readonly unchanged: number;
  readonly refused: readonly ({ readonly code: string; readonly path: string; readonly message: string } & (
    | { readonly line: number }
    | { readonly index: number }
  ))[];
}

export type ImportAnswer = ImportCounts | (ImportCounts & ProblemDetails);

/** Counts and refusals; an all-or-nothing import that took nothing is a problem (422) with the same members. */
export function importAnswer(response: Response, counts: ImportCounts, atomic: boolean): ImportAnswer {
  const [first] = counts.refused;
  if (!atomic || first === undefined) return counts;
  response.status(422).type('application/problem+json');
  return {
    type: 'urn:community-brain:problem:import-refused',
    title: 'import refused',
    status: 422,
    code: 'IMPORT_REFUSED',
    detail: `Nothing was imported: ${String(counts.refused.length)} refused, the first with ${first.code}`,
    errors: counts.refused.map(({ path, code, message, ...place }) => ({
      path: 'line' in place ? `line ${String(place.line)}: ${path}` : `features.${String(place.index)}.${path}`,
      message: `${code}: ${message}`,
    })),
    ...counts,
  };
}
