import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectAsync } from 'mqtt';
import { COMMUNITY, connectOperations, defineRule, importAreas, registerDevice, registerWorker, startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { TraceCollector, type ReceivedSpan } from './trace-collector.js';

/** What one breaching reading does, from its packet to the screens, as the spans that must be of one trace. */
const WAY = [
  'sensor-ingestion: receive mqtt',
  'sensor-ingestion: send telemetry.readings',
  'alerting: process telemetry.readings',
  'alerting: handle alert',
  'alerting: send alerting.events',
  'alerting: apply alert-list',
  'operations-gateway: process alerting.events',
  'operations-gateway: send alert to screens',
  'case-management: process alerting.events',
  'case-management: handle case',
  'case-management: send cases.events',
  'operations-gateway: process cases.events',
  'operations-gateway: send case to screens',
];

describe('the trace of a reading', () => {
  let collector: TraceCollector;
  let product: RunningProduct | undefined;

  beforeAll(async () => {
    collector = await TraceCollector.start();
    product = await startProduct({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  });
  afterAll(async () => {
    await product?.stop();
    await collector.stop();
  });

  const line = ({ service, name }: ReceivedSpan) => `${service}: ${name}`;

  it('is one, from the MQTT packet through bus, store and read table to the socket', async () => {
    if (product === undefined) throw new Error('The product did not start');
    const admin = product.as('administrator');
    await importAreas(admin);
    await registerWorker(admin, '李敏');
    const device = await registerDevice(admin, '1栋电梯机房');
    await defineRule(admin, device.deviceId, { for: 'PT0S' });
    const { accessToken } = await signIn(product);
    const screen = await connectOperations(product.url, accessToken);
    await screen.subscribe({ areas: [COMMUNITY], topics: ['alert', 'case'] });
    const client = await connectAsync(product.mqttUrl, { username: device.accessToken, protocolVersion: 4 });
    await client.publishAsync('v1/devices/me/telemetry', JSON.stringify({ ts: Date.now(), values: { temperature: 70 } }), { qos: 1 });

    await eventually(
      () => {
        const trace = collector.spans.filter(({ traceId }) => traceId === packet()?.traceId);
        expect(trace.map(line)).toEqual(expect.arrayContaining(WAY));
        const known = new Set(trace.map(({ spanId }) => spanId));
        const orphans = trace.filter(({ parentSpanId }) => parentSpanId !== undefined && parentSpanId !== '' && !known.has(parentSpanId));
        expect(orphans.map(line)).toEqual([]);
      },
      { timeoutMs: 30_000 },
    );
    screen.close();
    await client.endAsync();
  });

  it('shows a request of a person through the gateway as one trace, too', () => {
    const asked = collector.spans.find(({ service, name }) => service === 'alerting' && name === 'POST');
    const trace = collector.spans.filter(({ traceId }) => traceId === asked?.traceId).map(line);
    expect(trace).toEqual(expect.arrayContaining(['operations-gateway: POST', 'alerting: POST', 'alerting: handle rule']));
  });

  function packet(): ReceivedSpan | undefined {
    return collector.spans.find(({ name }) => name === 'receive mqtt');
  }
});

async function signIn(product: RunningProduct): Promise<{ accessToken: string }> {
  const { username, password } = product.credential('operator');
  const response = await fetch(`${product.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return (await response.json()) as { accessToken: string };
}
