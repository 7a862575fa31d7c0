import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Clock } from '../clock.js';
import type { KitRequest } from '../request-context.js';
import { ANSWERS_THE_PAST, type PastMark } from './answers-the-past.decorator.js';
import { pastOfQuery, refused } from './past-of-query.js';

/** Notes on the request which moment it asks for. Refuses it where the answer would be of now, or a change. */
export class PastGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<KitRequest>();
    const { at, as } = request.query;
    const mark = this.reflector.get<PastMark | undefined>(ANSWERS_THE_PAST, context.getHandler());
    if (at === undefined && (mark === undefined || as === undefined)) return true;
    if (mark === undefined) throw refused('AT_NOT_SUPPORTED', 'at', 'cannot be given here: this does not answer for the past');
    if (mark.onlyAs !== undefined && as !== mark.onlyAs) return true;
    request.past = pastOfQuery(at, as, request.receivedAt ?? this.clock.now());
    return true;
  }
}
