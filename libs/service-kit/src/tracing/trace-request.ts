import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Request, Response } from 'express';
import { HTTP_REQUEST_METHOD, HTTP_RESPONSE_STATUS_CODE, URL_PATH } from './semantic-conventions.js';
import { startSpan } from './spans.js';

/** A span from the request to the end of its answer; ids in the path stay out of the name. */
export function traceRequest<Result>(request: Request, response: Response, next: () => Result): Result {
  const span = startSpan(request.method, {
    kind: 'server',
    attributes: { [HTTP_REQUEST_METHOD]: request.method, [URL_PATH]: request.path },
    traceparent: request.header('traceparent'),
  });
  response.once('close', () => {
    span.setAttribute(HTTP_RESPONSE_STATUS_CODE, response.statusCode);
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  return context.with(trace.setSpan(context.active(), span), next);
}
