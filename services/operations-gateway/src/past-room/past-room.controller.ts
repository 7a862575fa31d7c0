import { Controller, Get, Query, Req } from '@nestjs/common';
import { areaFilter, Roles } from '@brain/auth';
import { READERS, socketTopicsFor, type PastChanges, type PastRoom } from '@brain/contracts';
import { AnswersThePast, CurrentRequest, pastRefused, ReadsPersonalData, type RequestContext } from '@brain/service-kit';
import type { Request } from 'express';
import { subscriptionOf, type Subscription } from '../live/domain/subscription.js';
import { LiveTables } from '../live/live-tables.js';
import { pastChangesQuery, type PastChangesQuery } from './past-changes.schema.js';
import { PastChangesFeed } from './past-changes.query.js';
import { PastWorkload } from './past-workload.js';

/** The control room as it was: what the screens of the caller's areas and roles showed, without what they can do. */
@Controller('api/audit/room')
@Roles(...READERS.room)
export class PastRoomController {
  constructor(
    private readonly tables: LiveTables,
    private readonly changes: PastChangesFeed,
    private readonly workload: PastWorkload,
  ) {}

  @Get()
  @ReadsPersonalData('room')
  @AnswersThePast()
  async room(@CurrentRequest() request: RequestContext, @Req() { headers }: Request): Promise<PastRoom> {
    const { past } = request;
    if (past === undefined) throw pastRefused('AT_INVALID', 'at', 'says which moment to show');
    const { topics, ...where } = screenOf(request);
    const [tables, workload] = await Promise.all([
      this.tables.snapshot({ ...where, topics: topics.filter((topic) => topic !== 'workload') }),
      topics.includes('workload') ? this.workload.at(past, headers) : [],
    ]);
    return { ...past, ...tables, workload };
  }

  @Get('changes')
  @ReadsPersonalData('room', { inPieces: true })
  changesBetween(
    @Query({ schema: pastChangesQuery }) query: PastChangesQuery,
    @CurrentRequest() request: RequestContext,
  ): Promise<PastChanges> {
    if (query.to > request.now) throw pastRefused('AT_IN_FUTURE', 'to', `is after now, ${request.now}`);
    return this.changes.between(query, screenOf(request));
  }
}

/** What the caller may follow now, everywhere they may look. */
function screenOf({ actor }: RequestContext): Subscription {
  const areas = areaFilter(actor);
  return subscriptionOf({ areas: areas === 'all' ? ['*'] : [...areas], topics: [...socketTopicsFor(actor.roles)] });
}
