import type { IndicatorScore } from '@brain/contracts';
import type { Page } from './page.js';
import { request } from './request.js';

interface Name {
  readonly zh: string;
  readonly en: string;
}

export interface Scheme {
  readonly schemeId: string;
  readonly version: number;
  readonly name: Name;
  readonly indicators: readonly { readonly indicator: { readonly id: string; readonly name: Name; readonly minimumSample: number; readonly numerator: string; readonly denominator: string }; readonly weight: number }[];
}

export interface EvaluationSummary {
  readonly evaluationId: string;
  readonly schemeId: string;
  readonly schemeVersion: number;
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly position: string;
  readonly computedAt: string;
  readonly people: number;
}

export type Evaluation = EvaluationSummary & { readonly scores: readonly IndicatorScore[] };

export async function listSchemes(): Promise<readonly Scheme[]> {
  return ((await request('/api/schemes')) as Page<Scheme>).items;
}

export async function listEvaluations(): Promise<Page<EvaluationSummary>> {
  return (await request('/api/evaluations', { query: { limit: 50 } })) as Page<EvaluationSummary>;
}

export async function getEvaluation(evaluationId: string): Promise<Evaluation> {
  return (await request(`/api/evaluations/${evaluationId}`)) as Evaluation;
}

export async function computeEvaluation(body: { readonly schemeId: string; readonly from: string; readonly to: string }): Promise<Evaluation> {
  return (await request('/api/evaluations', { method: 'POST', body })) as Evaluation;
}
