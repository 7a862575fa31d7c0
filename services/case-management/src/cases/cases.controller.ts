import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { requireArea, Roles, RolesOfCommand } from '@brain/auth';
import { CASE_COMMANDS, CASE_REPORTERS, DomainError, historyEntry, READERS, ROLES_OF_CASE_COMMAND, type CaseView } from '@brain/contracts';
import { AnswersThePast, Clock, CurrentRequest, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import { CASE_SETTINGS } from '../settings/case-settings.js';
import { StaffDirectory } from '../staff/staff.query.js';
import { requireMayRead } from './case-access.js';
import { caseListQuery, openCaseBody, type CaseListQuery, type OpenCaseBody } from './case-bodies.schema.js';
import { CaseDesk } from './case-desk.js';
import { CaseLedger, type CurrentCase } from './case-ledger.js';
import { CaseList } from './case-list.query.js';
import { caseView } from './case-view.js';
import { caseUnknown } from './domain/case-transitions.js';
import type { CaseSettings } from './domain/case.settings.js';
import { PastCases } from './past-cases.query.js';

const caseIdOf = z.uuid();
const commandName = z.enum(CASE_COMMANDS);

@Controller('api/cases')
@Roles(...READERS.case)
export class CasesController {
  constructor(
    private readonly desk: CaseDesk,
    private readonly cases: CaseList,
    private readonly ledger: CaseLedger,
    private readonly pastCases: PastCases,
    private readonly staff: StaffDirectory,
    private readonly clock: Clock,
    @Inject(CASE_SETTINGS) private readonly settings: CaseSettings,
  ) {}

  @Post()
  @Roles(...CASE_REPORTERS)
  async open(
    @Body({ schema: openCaseBody }) body: OpenCaseBody,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseView> {
    const view = await this.view(await this.desk.open(body, request), this.clock.now());
    if (body.source.system !== undefined && view.openedAt !== request.now) response.status(200); // reported before
    response.setHeader('Location', `/api/cases/${view.caseId}`);
    return withRevision(response, view);
  }

  @Get()
  @ReadsPersonalData('case')
  @AnswersThePast()
  list(@Query({ schema: caseListQuery }) query: CaseListQuery, @CurrentRequest() { actor, now }: RequestContext) {
    if (query.areaCode !== undefined) requireArea(actor, query.areaCode);
    return this.cases.find(query, actor, now);
  }

  @Get('categories')
  categories() {
    return { version: this.settings.version, items: this.settings.categories };
  }

  @Get(':caseId')
  @ReadsPersonalData('case')
  @AnswersThePast()
  async one(@Param('caseId') caseId: string, @CurrentRequest() request: RequestContext, @Res({ passthrough: true }) response: Response) {
    const { past } = request;
    const current = past === undefined ? await this.ledger.load(knownId(caseId)) : await this.pastCases.load(knownId(caseId), past);
    requireMayRead(request.actor, current.record);
    return withRevision(response, { ...(await this.view(current, request.now)), history: current.events.map(historyEntry) });
  }

  @Post(':caseId/:command')
  @RolesOfCommand('command', ROLES_OF_CASE_COMMAND)
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
    return withRevision(response, await this.view(await this.desk.step(name.data, knownId(caseId), body, request), this.clock.now()));
  }

  /** From what was decided, not from the read table, which follows a moment later. */
  private async view(current: CurrentCase, now: string): Promise<CaseView> {
    return caseView(current, await this.staff.nameOf(current.record.assignee), now);
  }
}

function knownId(caseId: string): string {
  if (caseIdOf.safeParse(caseId).success) return caseId.toLowerCase();
  throw caseUnknown();
}
