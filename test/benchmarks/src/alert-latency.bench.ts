import { connectOperations, startProduct, type OperationsSocket, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { startBareBroker } from './bare-broker.js';
import { percentile, print } from './figures.js';
import { AREA, closeFleet, connectDevice, connectFleet, TELEMETRY, type FleetDevice } from './fleet.js';
import { publishAtRate } from './publish-at-rate.js';

const DEVICES = 100;
const RATE = 500;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** Of a device's messages: one breach, some that neither break the rule nor end the alert, and as many that are cool. */
const CYCLE = 50;
/** The first load a fresh process sees compiles its code. A whole cycle, so that every device ends it without an alert. */
const WARM_UP_SECONDS = (CYCLE * DEVICES) / RATE;

/** From the publish of a breaching reading to the alert on a socket, with 500 messages/s going on. */
export async function alertLatency(): Promise<void> {
  const baseline = await bareBrokerLatency();
  const product = await startProduct();
  try {
    const fleet = await connectFleet(product, DEVICES);
    await defineRule(product);
    const screen = await watch(product);
    await load(screen, fleet, WARM_UP_SECONDS);
    const { samples, missing, sent, seconds } = await load(screen, fleet, SECONDS);
    screen.close();
    await closeFleet(fleet);

    const bench = 'alert-latency';
    const what = 'bare aedes broker to a subscriber, same rate, nothing stored';
    for (const [figure, p, target] of [['p50', 0.5, '< 100'], ['p99', 0.99, '< 500']] as const) {
      print({ bench, figure, value: percentile(samples, p), unit: 'ms', target, baseline: { what, value: percentile(baseline, p) } });
    }
    print({ bench, figure: 'alerts measured', value: samples.length, unit: 'alerts' });
    print({ bench, figure: 'alerts missing', value: missing, unit: 'alerts', target: '= 0' });
    print({ bench, figure: 'load', value: sent / seconds, unit: 'msg/s', target: `>= ${String(RATE * 0.99)}` });
  } finally {
    await product.stop();
  }
}

/** Between breach and clearing lie seconds: what is measured is an alert coming up, not one that is over when shown. */
async function defineRule(product: RunningProduct): Promise<void> {
  const rule = {
    name: 'hot',
    scope: { kind: 'temperature', areaCode: AREA },
    when: 'reading.temperature > 60.0',
    clearWhen: 'reading.temperature < 30.0',
    severity: 'MAJOR',
  };
  await eventually(() => product.as('administrator').post('/api/rules', rule));
}

async function watch(product: RunningProduct): Promise<OperationsSocket> {
  const { username, password } = product.credential('operator');
  const response = await fetch(`${product.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  const screen = await connectOperations(product.url, accessToken);
  await screen.subscribe({ areas: [AREA], topics: ['alert'] });
  return screen;
}

async function load(screen: OperationsSocket, fleet: readonly FleetDevice[], wantedSeconds: number) {
  const published = new Map<string, number>();
  const samples: number[] = [];
  const shown: Parameters<typeof screen.socket.on<'change'>>[1] = (change) => {
    if (change.topic !== 'alert' || change.type !== 'alert.raised.v1') return;
    const key = `${change.data.deviceId}/${String(change.data.reading.ts)}`;
    const at = published.get(key);
    if (at === undefined) return;
    published.delete(key);
    samples.push(performance.now() - at);
  };
  screen.socket.on('change', shown);
  const { sent, seconds } = await publishAtRate(RATE, wantedSeconds, (n) => {
    const device = fleet[n % DEVICES];
    if (device === undefined) return;
    const ts = Date.now();
    // Every device is elsewhere in its cycle, so breaches come evenly.
    const step = (Math.floor(n / DEVICES) + n) % CYCLE;
    if (step === 0) published.set(`${device.deviceId}/${String(ts)}`, performance.now());
    const temperature = step === 0 ? 70 : step < CYCLE / 2 ? 50 : 20;
    device.client.publish(TELEMETRY, JSON.stringify({ ts, values: { temperature } }), { qos: 1 });
  });
  const missing = async () => {
    await eventually(() => {
      if (published.size > 0) throw new Error(`${String(published.size)} alerts have not arrived`);
    }, { timeoutMs: 30_000 });
  };
  await missing().catch((error: unknown) => console.error(String(error)));
  screen.socket.off('change', shown);
  return { samples, missing: published.size, sent, seconds };
}

async function bareBrokerLatency(): Promise<readonly number[]> {
  const broker = await startBareBroker();
  const publisher = await connectDevice(broker.url, 'publisher');
  const subscriber = await connectDevice(broker.url, 'subscriber');
  await subscriber.subscribeAsync(TELEMETRY, { qos: 1 });
  const samples: number[] = [];
  subscriber.on('message', (_, payload) => samples.push(performance.now() - Number(payload.toString())));
  await publishAtRate(RATE, Math.min(10, SECONDS), () => {
    publisher.publish(TELEMETRY, String(performance.now()), { qos: 1 });
  });
  await Promise.all([publisher.endAsync(), subscriber.endAsync()]);
  await broker.stop();
  return samples;
}
