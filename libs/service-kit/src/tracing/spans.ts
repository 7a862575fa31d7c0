import { context, isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { ERROR_TYPE, SCHEMA_URL } from './semantic-conventions.js';

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, producer: SpanKind.PRODUCER, consumer: SpanKind.CONSUMER };
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

export interface SpanOptions {
  readonly kind: keyof typeof KINDS;
  readonly attributes?: Attributes;
  /** W3C trace context of the cause; absent: the span in hand, if any. */
  readonly traceparent?: string | undefined;
}

/** Does nothing until `startTracing` has run. */
export function tracer(): Tracer {
  return trace.getTracerProvider().getTracer('community-brain', undefined, { schemaUrl: SCHEMA_URL });
}

/** A span to be ended by the caller. */
export function startSpan(name: string, { kind, attributes = {}, traceparent }: SpanOptions): Span {
  return tracer().startSpan(name, { kind: KINDS[kind], attributes }, traceparent === undefined ? context.active() : contextOf(traceparent));
}

/** Runs `work` with the span in hand and ends it with the outcome. */
export async function inSpan<Result>(name: string, options: SpanOptions, work: (span: Span) => Promise<Result>): Promise<Result> {
  const span = startSpan(name, options);
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

export function failSpan(span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.setAttribute(ERROR_TYPE, name);
  span.setStatus({ code: SpanStatusCode.ERROR, message });
}

/** W3C trace context of a span; undefined while nothing is traced. */
export function traceparentOf(span: Span | undefined): string | undefined {
  if (span === undefined) return undefined;
  const { traceId, spanId, traceFlags } = span.spanContext();
  return isSpanContextValid(span.spanContext()) ? `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` : undefined;
}

/** W3C trace context of the work in hand. */
export function currentTraceparent(): string | undefined {
  return traceparentOf(trace.getActiveSpan());
}

function contextOf(traceparent: string): Context {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true });
}
