import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Roles, type Actor } from '@brain/auth';
import { instant, READERS } from '@brain/contracts';
import { CurrentRequest, listQuery, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import { EvaluationDesk, evaluationUnknown } from './evaluation-desk.js';
import { EvaluationList } from './evaluation-list.query.js';
import type { EvaluationView } from './evaluation-view.js';

const evaluationBody = z.strictObject({
  schemeId: z.string().min(1).max(100),
  from: instant,
  to: instant,
  asOf: instant.optional(),
});
const evaluationIdOf = z.uuid();

@Controller('api/evaluations')
@Roles(...READERS.evaluation)
export class EvaluationsController {
  constructor(
    private readonly desk: EvaluationDesk,
    private readonly evaluations: EvaluationList,
  ) {}

  @Post()
  @Roles('evaluator')
  async compute(
    @Body({ schema: evaluationBody }) body: z.infer<typeof evaluationBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EvaluationView> {
    const view = await this.desk.compute(body, request);
    response.setHeader('Location', `/api/evaluations/${view.evaluationId}`);
    return withRevision(response, view);
  }

  @Get()
  @ReadsPersonalData('evaluation')
  list(@Query({ schema: listQuery }) query: z.infer<typeof listQuery>, @CurrentActor() actor: Actor) {
    return this.evaluations.find(query, actor);
  }

  @Get(':evaluationId')
  @ReadsPersonalData('evaluation')
  async one(
    @Param('evaluationId') evaluationId: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<EvaluationView> {
    return withRevision(response, await this.desk.show(knownId(evaluationId), actor));
  }

  @Get(':evaluationId/check')
  @ReadsPersonalData('evaluation')
  check(@Param('evaluationId') evaluationId: string, @CurrentActor() actor: Actor) {
    return this.desk.check(knownId(evaluationId), actor);
  }
}

function knownId(evaluationId: string): string {
  if (evaluationIdOf.safeParse(evaluationId).success) return evaluationId.toLowerCase();
  throw evaluationUnknown();
}
