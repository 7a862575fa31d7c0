import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { Roles, areaFilter, requireArea, requireInSight } from '@brain/auth';
import { READERS, type AlertView, type HistoryEntry } from '@brain/contracts';
import { AnswersThePast, Commands, CurrentRequest, type Page, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import type { Response } from 'express';
import { z } from 'zod';
import { alertCodec } from './alert-codec.js';
import { StaffCopies } from '../copies/staff-copies.js';
import { AlertList, alertListQuery, type AlertListQuery } from './alert-list.query.js';
import { AlertRecord, alertUnknown } from './alert-record.js';
import type { AlertCommand } from './domain/alert.commands.js';
import { alertDecider } from './domain/alert.decider.js';
import { alertStream } from './domain/alert.stream.js';

const clearBody = z.strictObject({ reason: z.string().trim().min(1).max(500) });
const commentBody = z.strictObject({ text: z.string().trim().min(1).max(2000) });
const assignBody = z.strictObject({ assigneeId: z.uuid() });

@Controller('api/alerts')
@Roles(...READERS.alert)
export class AlertsController {
  constructor(
    private readonly commands: Commands,
    private readonly alerts: AlertRecord,
    private readonly list: AlertList,
    private readonly staff: StaffCopies,
  ) {}

  @Get()
  @ReadsPersonalData('alert')
  @AnswersThePast()
  find(@Query({ schema: alertListQuery }) query: AlertListQuery, @CurrentRequest() request: RequestContext): Promise<Page<AlertView>> {
    if (query.areaCode !== undefined) requireArea(request.actor, query.areaCode);
    return this.list.find(query, areaFilter(request.actor));
  }

  @Get(':alertId')
  @ReadsPersonalData('alert')
  @AnswersThePast()
  async get(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertView & { readonly history: readonly HistoryEntry[] }> {
    const { past } = request;
    const { alert, history } = past === undefined ? await this.alerts.read(alertId) : await this.alerts.readPast(alertId, past);
    requireInSight(request.actor, alert.areaCode, alertUnknown());
    return { ...withRevision(response, alert), history };
  }

  @Post(':alertId/acknowledge')
  @HttpCode(200)
  @Roles('operator')
  acknowledge(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertView> {
    return this.run(alertId, { type: 'AcknowledgeAlert', by: request.actor.id, now: request.now }, request, response);
  }

  @Post(':alertId/clear')
  @HttpCode(200)
  @Roles('operator')
  clear(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @Body({ schema: clearBody }) { reason }: z.infer<typeof clearBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertView> {
    return this.run(alertId, { type: 'ClearByPerson', reason, now: request.now }, request, response);
  }

  @Post(':alertId/comment')
  @HttpCode(200)
  @Roles('operator')
  comment(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @Body({ schema: commentBody }) { text }: z.infer<typeof commentBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertView> {
    return this.run(alertId, { type: 'CommentAlert', by: request.actor.id, text, now: request.now }, request, response);
  }

  @Post(':alertId/assign')
  @HttpCode(200)
  @Roles('operator')
  async assign(
    @Param('alertId', ParseUUIDPipe) alertId: string,
    @Body({ schema: assignBody }) { assigneeId }: z.infer<typeof assignBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AlertView> {
    const { areaCode } = await this.within(alertId, request);
    await this.staff.requireResponsible(assigneeId, areaCode, request.actor);
    const command = { type: 'AssignAlert', assigneeId, by: request.actor.id, now: request.now } as const;
    return this.run(alertId, command, request, response);
  }

  private async run(alertId: string, command: AlertCommand, request: RequestContext, response: Response): Promise<AlertView> {
    const { areaCode } = await this.within(alertId, request);
    await this.commands.run(alertCodec, alertDecider, alertStream(alertId), command, request, { areaCode });
    return withRevision(response, (await this.alerts.read(alertId)).alert);
  }

  private async within(alertId: string, { actor }: RequestContext): Promise<AlertView> {
    const { alert } = await this.alerts.read(alertId);
    requireInSight(actor, alert.areaCode, alertUnknown());
    return alert;
  }
}
