import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { requireInSight, type Actor } from '@brain/auth';
import { DomainError, type EvaluationComputed, type StoredEvent } from '@brain/contracts';
import { EVENT_STORE, loadState, type EventStore } from '@brain/event-store';
import { Commands, type RequestContext } from '@brain/service-kit';
import { EvidenceComplete } from '../evidence/evidence-complete.js';
import { Evidence } from '../evidence/evidence.query.js';
import { computeScores, evaluationDecider, requirePeriod, requireScheme } from './domain/evaluation.decider.js';
import { evaluationStream } from './domain/evaluation.stream.js';
import { evaluationCodec } from './evaluation.codec.js';
import { evaluationView, type EvaluationView } from './evaluation-view.js';

const REQUEST_NAMESPACE = '5a8d2a0e-6c1f-4f7c-b0b0-1e6f6f3d9a42';

export interface EvaluationAsked {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly asOf?: string | undefined;
}

/** Computes results from the record and keeps them; shows them with what they were computed from. */
@Injectable()
export class EvaluationDesk {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly commands: Commands,
    private readonly evidence: Evidence,
    private readonly complete: EvidenceComplete,
  ) {}

  async compute({ schemeId, from, to, asOf }: EvaluationAsked, request: RequestContext): Promise<EvaluationView> {
    const { actor, idempotencyKey } = request;
    if (actor.areaCodes.length === 0) throw new DomainError('AREA_OUT_OF_SCOPE', 'You have no area to evaluate');
    requireScheme(schemeId);
    const now = { asOf: asOf ?? request.now };
    requirePeriod({ from, to, ...now }, request.now);
    const evaluationId = idempotencyKey === undefined ? uuidv7() : uuidv5(idempotencyKey, REQUEST_NAMESPACE);
    const areaCodes = [...actor.areaCodes].sort();
    const position = await this.complete.upToNow();
    const histories = await this.evidence.histories({ areaCodes, position, ...now });
    const names = await this.evidence.names();
    const question = { evaluationId, schemeId, from, to, areaCodes, askedAsOf: asOf ?? null };
    await this.commands.run(
      evaluationCodec,
      evaluationDecider,
      evaluationStream(evaluationId),
      { type: 'ComputeEvaluation', ...question, now: { ...now, position, histories, names } },
      request,
    );
    return this.show(evaluationId, actor);
  }

  async show(evaluationId: string, actor: Actor): Promise<EvaluationView> {
    const { data, event, revision } = await this.load(evaluationId, actor);
    return evaluationView(data, event, revision);
  }

  /** Computes the same question again from the record: every number must be the same. */
  async check(evaluationId: string, actor: Actor) {
    const { data } = await this.load(evaluationId, actor);
    const { schemeId, from, to, asOf } = data;
    const histories = await this.evidence.histories(data);
    const names = Object.fromEntries(data.scores.map(({ staffId, name }) => [staffId, name]));
    const scores = computeScores(requireScheme(schemeId), { from, to, asOf }, { histories, names });
    return { evaluationId, identical: isDeepStrictEqual(scores, data.scores), recomputed: scores };
  }

  private async load(
    evaluationId: string,
    actor: Actor,
  ): Promise<{ data: EvaluationComputed['data']; event: StoredEvent; revision: number }> {
    const { state, events } = await loadState(this.store, evaluationCodec, evaluationDecider, evaluationStream(evaluationId));
    const event = events[0];
    if (state.status === 'absent' || event === undefined) {
      throw evaluationUnknown();
    }
    for (const area of state.data.areaCodes) requireInSight(actor, area, evaluationUnknown());
    return { data: state.data, event, revision: events.length - 1 };
  }
}

export function evaluationUnknown(): DomainError {
  return new DomainError('EVALUATION_UNKNOWN', 'There is no such evaluation');
}
