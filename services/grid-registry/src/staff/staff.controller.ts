import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { READERS, type StaffName, type StaffView } from '@brain/contracts';
import { AnswersThePast, CurrentRequest, type Page, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import type { Response } from 'express';
import type { z } from 'zod';
import { StaffListQuery } from './staff-list.query.js';
import { StaffOffice } from './staff-office.js';
import { availabilityBody, newStaffBody, staffBody, staffNamesQuery, staffQuery } from './staff.schema.js';

@Controller('api/staff')
@Roles(...READERS.staff)
export class StaffController {
  constructor(
    private readonly office: StaffOffice,
    private readonly people: StaffListQuery,
  ) {}

  @Post()
  @Roles('administrator')
  async register(
    @Body({ schema: newStaffBody }) { availability, ...profile }: z.infer<typeof newStaffBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffView> {
    return withRevision(response, await this.office.register(profile, availability, request));
  }

  @Get()
  @ReadsPersonalData('staff')
  @AnswersThePast()
  list(
    @Query({ schema: staffQuery }) query: z.infer<typeof staffQuery>,
    @CurrentRequest() { actor }: RequestContext,
  ): Promise<Page<StaffView>> {
    return this.people.list(actor, query);
  }

  /** For security administrators: the people whom an account may speak for. */
  @Get('names')
  @Roles(...READERS.staffName)
  @ReadsPersonalData('staff')
  names(
    @Query({ schema: staffNamesQuery }) query: z.infer<typeof staffNamesQuery>,
    @CurrentRequest() { actor }: RequestContext,
  ): Promise<Page<StaffName>> {
    return this.people.names(actor, query);
  }

  @Get(':staffId')
  @Roles(...READERS.ownStaff)
  @ReadsPersonalData('staff')
  @AnswersThePast()
  async get(
    @Param('staffId', ParseUUIDPipe) staffId: string,
    @CurrentRequest() { actor, past }: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffView> {
    return withRevision(response, past === undefined ? await this.office.get(staffId, actor) : await this.people.get(staffId, actor));
  }

  @Put(':staffId')
  @Roles('administrator')
  async change(
    @Param('staffId', ParseUUIDPipe) staffId: string,
    @Body({ schema: staffBody }) profile: z.infer<typeof staffBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffView> {
    return withRevision(response, await this.office.change(staffId, profile, request));
  }

  @Post(':staffId/availability')
  @Roles(...READERS.ownStaff)
  @HttpCode(200)
  async setAvailability(
    @Param('staffId', ParseUUIDPipe) staffId: string,
    @Body({ schema: availabilityBody }) { availability }: z.infer<typeof availabilityBody>,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffView> {
    return withRevision(response, await this.office.setAvailability(staffId, availability, request));
  }
}
