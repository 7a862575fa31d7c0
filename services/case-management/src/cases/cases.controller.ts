import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { CurrentActor, requireArea, type Actor } from '@brain/auth';
import { CASE_COMMANDS, DomainError, type CaseView } from '@brain/contracts';
import { Clock, CurrentRequest, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import { CASE_SETTINGS } from '../settings/case-settings.js';
import { StaffDirectory } from '../staff/staff.query.js';
import { requireMayRead } from './case-access.js';
import { caseListQuery, openCaseBody, type CaseListQuery, type OpenCaseBody } from './case-bodies.schema.js';
import { CaseDesk } from './case-desk.js';
import { CaseLedger, type CurrentCase } from './case-ledger.js';
import { CaseList } from './case-list.query.js';
import { caseView, historyEntry } from './case-view.js';
import type { CaseSettings } from './domain/case.settings.js';

const caseIdOf = z.uuid();
const commandName = z.enum(CASE_COMMANDS);

@Controller('api/cases')
export class CasesController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly cases: CaseList,
    private readonly ledger: CaseLedger,
    private readonly staff: StaffDirectory,
    private readonly clock: Clock,
    @Inject(CASE_SETTINGS) private readonly settings: CaseSettings,
  ) {}

  @Post()
  async open(
    @Body({ schema: openCaseBody }) body: OpenCaseBody,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseView> {
    const view = await this.view(await this.desk.open(body, request));
    response.setHeader('Location', `/api/cases/${view.caseId}`);
    return withRevision(response, view);
  }

  @Get()
  @ReadsPersonalData('case')
  list(@Query({ schema: caseListQuery }) query: CaseListQuery, @CurrentActor() actor: Actor) {
    if (query.areaCode !== undefined) requireArea(actor, query.areaCode);
    return this.cases.find(query, actor, this.clock.now());
  }

  @Get('categories')
  categories() {
    return { version: this.settings.version, items: this.settings.categories };
  }

  @Get(':caseId')
  @ReadsPersonalData('case')
  async one(@Param('caseId') caseId: string, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response) {
    const current = await this.ledger.load(knownId(caseId));
    requireMayRead(actor, current.record);
    return withRevision(response, { ...(await this.view(current)), history: current.events.map(historyEntry) });
  }

  @Post(':caseId/:command')
  @HttpCode(200)
  async step(
    @Param('caseId') caseId: string,
    @Param('command') command: string,
    @Body() body: unknown,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseView> {
    const name = commandName.safeParse(command);
    if (!name.success) throw new DomainError('COMMAND_UNKNOWN', `Cases know ${CASE_COMMANDS.join(', ')}`);
    return withRevision(response, await this.view(await this.desk.step(name.data, knownId(caseId), body, request)));
  }

  /** From what was decided, not from the read table, which follows a moment later. */
  private async view(current: CurrentCase): Promise<CaseView> {
    return caseView(current, await this.staff.nameOf(current.record.assignee), this.clock.now());
  }
}

function knownId(caseId: string): string {
  if (caseIdOf.safeParse(caseId).success) return caseId.toLowerCase();
  throw new DomainError('CASE_UNKNOWN', 'There is no such case');
}
