import { Controller, Get, Param, ParseUUIDPipe, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { CurrentActor, Roles, type Actor } from '@brain/auth';
import { areaCode, DomainError } from '@brain/contracts';
import { START_POSITION } from '@brain/event-store';
import { MAX_PAGE, type Page } from '@brain/service-kit';
import type { AuditEvent } from './audit-event.js';
import { AuditEvents } from './audit-events.query.js';
import { auditScopeOf, requireReadable } from './audit-scope.js';

const NDJSON = 'application/x-ndjson';
const DEFAULT_PAGE = 50;

const word = z.string().min(1).max(200);
const position = z.string().regex(/^[\d-]{1,100}$/, 'is not a position of this log');
const auditQuery = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  type: word.optional(),
  subject: word.optional(),
  area: areaCode.optional(),
  actor: word.optional(),
  /** The position of the last event seen; `cursor` is the same under the name all lists use. */
  after: position.optional(),
  cursor: position.optional(),
  limit: z.coerce.number().int().min(1).optional(),
});
type AuditQuery = z.infer<typeof auditQuery>;

/** The record, for those who check it. */
@Roles('auditor', 'evaluator')
@Controller('api/audit/events')
export class AuditEventsController {
  constructor(private readonly events: AuditEvents) {}

  /** A page of JSON, or everything as NDJSON when the caller accepts that rather. */
  @Get()
  async list(
    @Query({ schema: auditQuery }) query: AuditQuery,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { after, cursor, limit, ...filter } = query;
    if (filter.area !== undefined) requireReadable(actor, filter.area);
    const scope = auditScopeOf(actor);
    const start = cursor ?? after ?? START_POSITION;
    if (request.accepts(['application/json', NDJSON]) === NDJSON) {
      await sendLines(response, this.events.stream(filter, scope, start, limit));
      return;
    }
    const size = pageSize(limit);
    const found = await this.events.page(filter, scope, start, size + 1);
    response.json(pageOf(found, size));
  }

  @Get(':eventId')
  async get(@Param('eventId', ParseUUIDPipe) eventId: string, @CurrentActor() actor: Actor): Promise<AuditEvent> {
    const event = await this.events.byId(eventId);
    if (event === undefined) throw new DomainError('EVENT_NOT_FOUND', 'There is no such event');
    requireReadable(actor, event.areaCode);
    return event;
  }
}

function pageSize(limit: number = DEFAULT_PAGE): number {
  if (limit <= MAX_PAGE) return limit;
  throw new DomainError('LIMIT_TOO_HIGH', `A page has at most ${MAX_PAGE} events`, [{ path: 'limit', message: `is at most ${MAX_PAGE}` }]);
}

function pageOf(found: readonly AuditEvent[], size: number): Page<AuditEvent> {
  const items = found.slice(0, size);
  return { items, nextCursor: found.length > size ? (items.at(-1)?.position ?? null) : null };
}

/** Waits for a slow reader; a failure in the middle ends the connection, so that a cut answer cannot pass for a whole one. */
async function sendLines(response: Response, events: AsyncIterable<AuditEvent>): Promise<void> {
  response.setHeader('Content-Type', `${NDJSON}; charset=utf-8`);
  try {
    await pipeline(Readable.from(lines(events)), response);
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

async function* lines(events: AsyncIterable<AuditEvent>): AsyncIterable<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}
