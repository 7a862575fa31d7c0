import type { TracingConfig } from '../configuration.js';
import { SERVICE_NAME } from './semantic-conventions.js';

/**
 * Sends spans by OTLP over HTTP from now on. The packages are loaded only then: without a collector they cost nothing.
 * @returns sends what is left
 */
export async function startTracing(service: string, { endpoint, ratio }: TracingConfig): Promise<() => Promise<void>> {
  const [{ BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, TraceIdRatioBasedSampler }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ [SERVICE_NAME]: service }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: new URL('v1/traces', `${endpoint.replace(/\/$/, '')}/`).href }))],
  });
  provider.register();
  return () => provider.shutdown();
}
