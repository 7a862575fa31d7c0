import type { EvaluationComputed } from '@brain/contracts';
import { DomainError, type Decider } from '@brain/event-store/pure';
import { outcomeOf, type RecordedOutcome } from './case-outcome.js';
import { onTimeClosingRate, type Period } from './on-time-closing-rate.js';
import { findScheme, type Scheme } from './schemes.js';

/** `now` holds what was looked up: the record as far as `position`, and the names of staff. */
export interface ComputeEvaluation {
  readonly type: 'ComputeEvaluation';
  readonly evaluationId: string;
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly areaCodes: readonly string[];
  /** As asked; null: the time of the request. */
  readonly askedAsOf: string | null;
  readonly now: {
    readonly asOf: string;
    readonly position: string;
    readonly histories: readonly (readonly RecordedOutcome[])[];
    readonly names: Readonly<Record<string, string>>;
  };
}

export type EvaluationState = { readonly status: 'absent' } | { readonly status: 'computed'; readonly data: EvaluationComputed['data'] };

export const evaluationDecider: Decider<EvaluationState, ComputeEvaluation, EvaluationComputed> = {
  initial: { status: 'absent' },

  decide(command, state) {
    if (state.status === 'computed') return [];
    const { evaluationId, schemeId, from, to, areaCodes, now } = command;
    const scheme = requireScheme(schemeId);
    const period = { from, to, asOf: now.asOf };
    const scores = computeScores(scheme, period, now);
    const { asOf, position } = now;
    const pinned = { schemeId, schemeVersion: scheme.version, from, to, asOf, areaCodes: [...areaCodes], position };
    return [{ type: 'EvaluationComputed', data: { evaluationId, ...pinned, scores } }];
  },

  evolve: (_, event) => ({ status: 'computed', data: event.data }),
};

/** The same record gives the same scores, whenever and however often it is asked. */
export function computeScores(
  scheme: Scheme,
  period: Period,
  { histories, names }: Pick<ComputeEvaluation['now'], 'histories' | 'names'>,
): EvaluationComputed['data']['scores'] {
  const outcomes = histories.map(outcomeOf).filter((outcome) => outcome !== null);
  return scheme.indicators.flatMap(({ indicator }) =>
    onTimeClosingRate(indicator, outcomes, period, (staffId) => names[staffId] ?? ''),
  );
}

/** Refuses with SCHEME_UNKNOWN. */
export function requireScheme(schemeId: string): Scheme {
  const scheme = findScheme(schemeId);
  if (scheme !== undefined) return scheme;
  throw new DomainError('SCHEME_UNKNOWN', `There is no scheme ${schemeId}`, [
    { path: 'schemeId', message: 'is not a scheme of this installation' },
  ]);
}

/** Refuses with EVALUATION_PERIOD_INVALID: a period has a length and the record cannot be read from the future. */
export function requirePeriod(period: { from: string; to: string; asOf: string }, now: string): void {
  if (period.to <= period.from) throw periodInvalid('to', 'must be later than from');
  if (period.asOf > now) throw periodInvalid('asOf', 'must not be in the future');
}

function periodInvalid(path: string, message: string): DomainError {
  return new DomainError('EVALUATION_PERIOD_INVALID', `${path} ${message}`, [{ path, message }]);
}
