import type { EvaluationComputed, IndicatorScore, StoredEvent } from '@brain/contracts';

/** A result in a list: all but the scores. */
export interface EvaluationSummary {
  readonly evaluationId: string;
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly areaCodes: readonly string[];
  readonly position: string;
  readonly computedAt: string;
  readonly computedBy: string;
  readonly people: number;
}

export interface EvaluationView extends EvaluationSummary {
  readonly revision: number;
  readonly scores: readonly (IndicatorScore & { readonly note: string | null })[];
}

const NOT_ENOUGH_CASES = 'not enough cases';

export function evaluationSummary({ data, by, at }: { data: EvaluationComputed['data']; by: string; at: string }): EvaluationSummary {
  const { evaluationId, schemeId, schemeVersion, from, to, asOf, areaCodes, position, scores } = data;
  const people = new Set(scores.map(({ staffId }) => staffId)).size;
  const what = { evaluationId, schemeId, schemeVersion, from, to, asOf, areaCodes, position };
  return { ...what, computedAt: at, computedBy: by, people };
}

export function evaluationView(data: EvaluationComputed['data'], { metadata }: StoredEvent, revision: number): EvaluationView {
  return {
    ...evaluationSummary({ data, by: metadata.actor.id, at: metadata.time }),
    revision,
    scores: data.scores.map((score) => ({ ...score, note: score.value === null ? NOT_ENOUGH_CASES : null })),
  };
}
