import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AnyRole, CurrentActor, type Actor } from '@brain/auth';
import { DomainError, type MySession } from '@brain/contracts';
import { CurrentRequest, type RequestContext } from '@brain/service-kit';
import { changedBy } from '../../accounts/account-events.js';
import { tokenOf } from '../../front-door/caller.js';
import { SessionTokens } from '../session-tokens.js';
import { browserNameOf } from './browser-name.js';
import { Sessions, type SeenSession } from './sessions.js';

/** Where and how long somebody is signed in, and the end of it. Everybody's own, and nobody else's. */
@AnyRole('everybody sees and ends their own')
@Controller('api/auth/sessions')
export class MySessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: SessionTokens,
  ) {}

  @Get()
  async list(@CurrentActor() actor: Actor, @Req() request: Request): Promise<{ readonly items: readonly MySession[]; readonly nextCursor: null }> {
    const current = await this.currentOf(request);
    const newestFirst = [...this.sessions.of(actor.id)].sort((one, other) => other.seenAt - one.seenAt);
    return { items: newestFirst.map((session) => shown(session, current)), nextCursor: null };
  }

  @Delete(':sessionId')
  @HttpCode(204)
  async end(@Param('sessionId', ParseUUIDPipe) sessionId: string, @CurrentRequest() context: RequestContext, @Req() request: Request): Promise<void> {
    const session = this.sessions.find(sessionId);
    if (session?.accountId !== context.actor.id) throw new DomainError('SESSION_NOT_FOUND', 'You have no such session');
    const how = sessionId === (await this.currentOf(request)) ? 'person' : 'elsewhere';
    await this.sessions.end([sessionId], how, changedBy(context));
  }

  /** All but the one that asks. */
  @Post('end-others')
  @HttpCode(200)
  async endOthers(@CurrentRequest() context: RequestContext, @Req() request: Request): Promise<{ readonly ended: number }> {
    const current = await this.currentOf(request);
    const others = this.sessions.of(context.actor.id).map(({ sessionId }) => sessionId).filter((id) => id !== current);
    return { ended: await this.sessions.end(others, 'elsewhere', changedBy(context)) };
  }

  private async currentOf(request: Request): Promise<string | undefined> {
    return (await this.tokens.verify(tokenOf(request.method, request.headers))).session?.id;
  }
}

function shown({ sessionId, method, begunAt, seenAt, endsAt, address, userAgent }: SeenSession, current: string | undefined): MySession {
  const [begun, seen, ends] = [begunAt, seenAt, endsAt].map((time) => new Date(time).toISOString()) as [string, string, string];
  return { sessionId, current: sessionId === current, method, begunAt: begun, seenAt: seen, endsAt: ends, address, ...browserNameOf(userAgent) };
}
