import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Response } from 'express';
import { Clock } from './clock.js';
import { newCorrelationId, withCorrelation } from './correlation.js';
import type { KitRequest } from './request-context.js';
import { traceRequest } from './tracing/trace-request.js';

/** Gives each request its correlation id (the caller's, if well-formed) and its time of arrival. */
@Injectable()
export class CorrelationMiddleware implements NestMiddleware {
  constructor(private readonly clock: Clock) {}

  use(request: KitRequest, response: Response, next: NextFunction): void {
    const given = request.header('x-correlation-id');
    const correlationId = given !== undefined && /^[\w-]{8,100}$/.test(given) ? given : newCorrelationId();
    request.correlationId = correlationId;
    request.receivedAt = this.clock.now();
    response.setHeader('X-Correlation-Id', correlationId);
    traceRequest(request, response, () => withCorrelation(correlationId, next));
  }
}
