import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { areaFilter, Roles } from '@brain/auth';
import { READERS, ruleDefinition, type RuleDefinition, type RuleView } from '@brain/contracts';
import { Commands, CurrentRequest, withRevision, type Page, type RequestContext } from '@brain/service-kit';
import type { Response } from 'express';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { CheckRule } from './check-rule.js';
import { RuleAccess } from './rule-access.js';
import type { RuleCommand } from './domain/rule.commands.js';
import { ruleDecider } from './domain/rule.decider.js';
import { ruleStream } from './domain/rule.stream.js';
import { ruleCodec } from './rule-codec.js';
import { RuleList, ruleListQuery, type RuleListQuery } from './rule-list.query.js';
import { RuleRecord } from './rule-record.js';

/** The same Idempotency-Key names the same rule, so a request sent twice defines one. */
const RULE_NAMESPACE = '0d1b5a6e-52f4-4c52-8f0e-2a7c9d6b1e33';

@Controller('api/rules')
@Roles(...READERS.rule)
export class RulesController {
  constructor(
    private readonly commands: Commands,
    private readonly rule: RuleRecord,
    private readonly list: RuleList,
    private readonly checkRule: CheckRule,
    private readonly access: RuleAccess,
  ) {}

  @Get()
  find(@Query({ schema: ruleListQuery }) query: RuleListQuery, @CurrentRequest() { actor }: RequestContext): Promise<Page<RuleView>> {
    return this.list.find(query, areaFilter(actor));
  }

  @Get(':ruleId')
  async get(
    @Param('ruleId', ParseUUIDPipe) ruleId: string,
    @CurrentRequest() { actor }: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    const rule = await this.rule.read(ruleId);
    await this.access.requireMayRead(actor, rule.scope);
    return withRevision(response, rule);
  }

  @Post()
  @Roles('administrator')
  async define(
    @Body({ schema: ruleDefinition }) definition: RuleDefinition,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    await this.mayDefine(definition, request);
    const { idempotencyKey } = request;
    const ruleId = idempotencyKey === undefined ? uuidv7() : uuidv5(idempotencyKey, RULE_NAMESPACE);
    return this.run(ruleId, { type: 'DefineRule', ruleId, definition }, definition, request, response);
  }

  @Put(':ruleId')
  @Roles('administrator')
  async change(
    @Param('ruleId', ParseUUIDPipe) ruleId: string,
    @Body({ schema: ruleDefinition }) definition: RuleDefinition,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    await this.mayChange(ruleId, request);
    await this.mayDefine(definition, request);
    return this.run(ruleId, { type: 'ChangeRule', definition }, definition, request, response);
  }

  @Delete(':ruleId')
  @Roles('administrator')
  async retire(
    @Param('ruleId', ParseUUIDPipe) ruleId: string,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    return this.run(ruleId, { type: 'RetireRule' }, await this.mayChange(ruleId, request), request, response);
  }

  /** Also what is there now must lie within the areas of whoever replaces or ends it. */
  private async mayChange(ruleId: string, { actor }: RequestContext): Promise<RuleView> {
    const rule = await this.rule.read(ruleId);
    await this.access.requireMayRead(actor, rule.scope);
    await this.access.requireMayWrite(actor, rule.scope);
    return rule;
  }

  private async mayDefine(definition: RuleDefinition, { actor }: RequestContext): Promise<void> {
    await this.checkRule.check(definition, actor);
    await this.access.requireMayWrite(actor, definition.scope);
  }

  private async run(
    ruleId: string,
    command: RuleCommand,
    { scope }: RuleDefinition,
    request: RequestContext,
    response: Response,
  ): Promise<RuleView> {
    const where = 'areaCode' in scope && scope.areaCode !== undefined ? { areaCode: scope.areaCode } : {};
    await this.commands.run(ruleCodec, ruleDecider, ruleStream(ruleId), command, request, where);
    return withRevision(response, await this.rule.read(ruleId));
  }
}
