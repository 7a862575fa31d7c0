import { Body, Controller, Delete, Get, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { ruleDefinition, type RuleDefinition, type RuleView } from '@brain/contracts';
import { Commands, CurrentRequest, withRevision, type Page, type RequestContext } from '@brain/service-kit';
import type { Response } from 'express';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { CheckRule } from './check-rule.js';
import type { RuleCommand } from './domain/rule.commands.js';
import { ruleDecider } from './domain/rule.decider.js';
import { ruleStream } from './domain/rule.stream.js';
import { ruleCodec } from './rule-codec.js';
import { RuleList, ruleListQuery, type RuleListQuery } from './rule-list.query.js';
import { RuleRecord } from './rule-record.js';

/** The same Idempotency-Key names the same rule, so a request sent twice defines one. */
const RULE_NAMESPACE = '0d1b5a6e-52f4-4c52-8f0e-2a7c9d6b1e33';

@Controller('api/rules')
@Roles('administrator', 'operator', 'evaluator', 'auditor')
export class RulesController {
  constructor(
    private readonly commands: Commands,
    private readonly rule: RuleRecord,
    private readonly list: RuleList,
    private readonly checkRule: CheckRule,
  ) {}

  @Get()
  find(@Query({ schema: ruleListQuery }) query: RuleListQuery): Promise<Page<RuleView>> {
    return this.list.find(query);
  }

  @Get(':ruleId')
  async get(@Param('ruleId', ParseUUIDPipe) ruleId: string, @Res({ passthrough: true }) response: Response): Promise<RuleView> {
    return withRevision(response, await this.rule.read(ruleId));
  }

  @Post()
  @Roles('administrator')
  async define(
    @Body({ schema: ruleDefinition }) definition: RuleDefinition,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    await this.checkRule.check(definition);
    const { idempotencyKey } = request;
    const ruleId = idempotencyKey === undefined ? uuidv7() : uuidv5(idempotencyKey, RULE_NAMESPACE);
    return this.run(ruleId, { type: 'DefineRule', ruleId, definition }, request, response);
  }

  @Put(':ruleId')
  @Roles('administrator')
  async change(
    @Param('ruleId', ParseUUIDPipe) ruleId: string,
    @Body({ schema: ruleDefinition }) definition: RuleDefinition,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    await this.checkRule.check(definition);
    return this.run(ruleId, { type: 'ChangeRule', definition }, request, response);
  }

  @Delete(':ruleId')
  @Roles('administrator')
  retire(
    @Param('ruleId', ParseUUIDPipe) ruleId: string,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RuleView> {
    return this.run(ruleId, { type: 'RetireRule' }, request, response);
  }

  private async run(ruleId: string, command: RuleCommand, request: RequestContext, response: Response): Promise<RuleView> {
    await this.commands.run(ruleCodec, ruleDecider, ruleStream(ruleId), command, request);
    return withRevision(response, await this.rule.read(ruleId));
  }
}
