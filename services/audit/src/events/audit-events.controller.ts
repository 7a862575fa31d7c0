import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CurrentActor, Roles, type Actor } from '@brain/auth';
import { DomainError, READERS, type AuditEvent, type EventCount } from '@brain/contracts';
import { MAX_PAGE, type Page, readerGone, ReadsPersonalData } from '@brain/service-kit';
import { AuditEvents } from './audit-events.query.js';
import { auditFilter, type AuditFilter } from './audit-filter.js';
import { auditScopeOf, requireReadable, requireReadableEvent, type AuditScope } from './audit-scope.js';
import { LINE_TYPES, sendLines } from './event-lines.js';

const DEFAULT_PAGE = 50;

const position = z.string().regex(/^[\d-]{1,100}$/, 'is not a position of this log');
const auditQuery = auditFilter.extend({
  /** The position of the last event seen; `cursor` is the same under the name all lists use. */
  after: position.optional(),
  cursor: position.optional(),
  /** Store order, oldest first; or newest first. */
  order: z.enum(['asc', 'desc']).default('asc'),
  limit: z.coerce.number().int().min(1).optional(),
});
type AuditQuery = z.infer<typeof auditQuery>;

/** The record, for those who check it. */
@Roles(...READERS.record)
@Controller('api/audit/events')
export class AuditEventsController {
  constructor(private readonly events: AuditEvents) {}

  /** A page of JSON, or everything as lines (NDJSON, CSV) when the caller accepts that rather. */
  @Get()
  @ReadsPersonalData('audit-record', { answersItself: true })
  async list(
    @Query({ schema: auditQuery }) query: AuditQuery,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { after, cursor, order, limit, ...filter } = query;
    const scope = scopeFor(actor, filter);
    const start = cursor ?? after;
    const gone = readerGone(response);
    const lines = LINE_TYPES.find((type) => type === request.accepts(['application/json', ...LINE_TYPES]));
    if (lines !== undefined) {
      await sendLines(response, lines, this.events.stream(filter, scope, { after: start, order, limit: limit ?? Infinity, gone }));
      return;
    }
    const size = pageSize(limit);
    const found = await this.events.page(filter, scope, { after: start, order, limit: size + 1, gone });
    response.json(pageOf(found, size));
  }

  /** How much a search would find, before it is exported. */
  @Get('count')
  count(@Query({ schema: auditFilter }) filter: AuditFilter, @CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<EventCount> {
    return this.events.count(filter, scopeFor(actor, filter), readerGone(response));
  }

  @Get(':eventId')
  @ReadsPersonalData('audit-record')
  async get(@Param('eventId', ParseUUIDPipe) eventId: string, @CurrentActor() actor: Actor): Promise<AuditEvent> {
    return requireReadableEvent(actor, await this.events.byId(eventId));
  }
}

/** @throws DomainError AREA_OUT_OF_SCOPE when an area outside is asked for. */
function scopeFor(actor: Actor, { area }: AuditFilter): AuditScope {
  if (area !== undefined) requireReadable(actor, area);
  return auditScopeOf(actor);
}

function pageSize(limit: number = DEFAULT_PAGE): number {
  if (limit <= MAX_PAGE) return limit;
  throw new DomainError('LIMIT_TOO_HIGH', `A page has at most ${MAX_PAGE} events`, [{ path: 'limit', message: `is at most ${MAX_PAGE}` }]);
}

function pageOf(found: readonly AuditEvent[], size: number): Page<AuditEvent> {
  const items = found.slice(0, size);
  return { items, nextCursor: found.length > size ? (items.at(-1)?.position ?? null) : null };
}
