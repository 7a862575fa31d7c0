import { evaluationComputedV1, type IndicatorScore } from '@brain/contracts';
import { nameOf, type ToldEvent } from './told-event.js';

/** An evaluation of the package with what it found. */
export interface ToldEvaluation {
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly areaCodes: readonly string[];
  readonly scores: readonly IndicatorScore[];
}

export function scoresIn(event: ToldEvent): ToldEvaluation | undefined {
  if (nameOf(event) !== 'evaluation-computed') return undefined;
  return evaluationComputedV1.data.safeParse(event.data).data;
}
