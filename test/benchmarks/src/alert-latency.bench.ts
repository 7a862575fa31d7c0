import { connectOperations, startProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { startBareBroker } from './bare-broker.js';
import { percentile, print } from './figures.js';
import { AREA, closeFleet, connectDevice, connectFleet, TELEMETRY } from './fleet.js';

const DEVICES = 100;
const RATE = 500;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
/** Every so many messages one is a breach. */
const BREACH_EVERY = 50;
const TICK_MS = 20;

/** From the publish of a breaching reading to the alert on a socket, with 500 messages/s going on. */
export async function alertLatency(): Promise<void> {
  const baseline = await bareBrokerLatency();
  const product = await startProduct();
  try {
    const fleet = await connectFleet(product, DEVICES);
    const rule = {
      name: 'hot',
      scope: { kind: 'temperature', areaCode: AREA },
      when: 'reading.temperature > 60.0',
      severity: 'MAJOR',
    };
    await eventually(() => product.as('administrator').post('/api/rules', rule));
    const screen = await connectOperations(product.url, await tokenOf(product));
    await screen.subscribe({ areas: [AREA], topics: ['alert'] });

    const published = new Map<string, number>();
    const samples: number[] = [];
    screen.socket.on('change', (change) => {
      if (change.topic !== 'alert' || !change.data.state.startsWith('ACTIVE')) return;
      const key = `${change.data.deviceId}/${String(change.data.reading.ts)}`;
      const at = published.get(key);
      if (at === undefined) return;
      published.delete(key);
      samples.push(performance.now() - at);
    });

    const sent = await publishAtRate((n) => {
      const device = fleet[n % DEVICES];
      if (device === undefined) return;
      const ts = Date.now();
      // A breach, then cool again with the device's next message: each breach is a new alert.
      const isBreach = n % BREACH_EVERY === Math.floor(n / DEVICES) % BREACH_EVERY;
      if (isBreach) published.set(`${device.deviceId}/${String(ts)}`, performance.now());
      device.client.publish(TELEMETRY, JSON.stringify({ ts, values: { temperature: isBreach ? 70 : 20 } }), { qos: 1 });
    });
    await eventually(() => {
      if (published.size > 0) throw new Error(`${String(published.size)} alerts have not arrived`);
    }, { timeoutMs: 30_000 }).catch((error: unknown) => console.error(String(error)));
    screen.close();
    await closeFleet(fleet);

    const what = 'bare aedes broker to a subscriber, same rate, nothing stored';
    for (const [name, p, target] of [['p50', 0.5, '< 100'], ['p99', 0.99, '< 500']] as const) {
      print({ bench: 'alert-latency', figure: name, value: percentile(samples, p), unit: 'ms', target, baseline: { what, value: percentile(baseline, p) } });
    }
    print({ bench: 'alert-latency', figure: 'alerts measured', value: samples.length, unit: 'alerts' });
    print({ bench: 'alert-latency', figure: 'alerts missing', value: published.size, unit: 'alerts', target: '<= 0' });
    print({ bench: 'alert-latency', figure: 'load', value: sent / SECONDS, unit: 'msg/s' });
  } finally {
    await product.stop();
  }
}

async function tokenOf(product: Awaited<ReturnType<typeof startProduct>>): Promise<string> {
  const { username, password } = product.credential('operator');
  const response = await fetch(`${product.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

/** Calls `publish` RATE times a second, evenly in ticks. Returns how often. */
async function publishAtRate(publish: (n: number) => void): Promise<number> {
  const start = performance.now();
  let sent = 0;
  for (let elapsed = 0; elapsed < SECONDS * 1000; elapsed = performance.now() - start) {
    for (const due = Math.floor((elapsed / 1000) * RATE); sent < due; sent += 1) publish(sent);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  return sent;
}

async function bareBrokerLatency(): Promise<readonly number[]> {
  const broker = await startBareBroker();
  const publisher = await connectDevice(broker.url, 'publisher');
  const subscriber = await connectDevice(broker.url, 'subscriber');
  await subscriber.subscribeAsync(TELEMETRY, { qos: 1 });
  const samples: number[] = [];
  subscriber.on('message', (_, payload) => samples.push(performance.now() - Number(payload.toString())));
  for (let n = 0; n < 10 * RATE; n += RATE / 50) {
    for (let k = 0; k < RATE / 50; k += 1) publisher.publish(TELEMETRY, String(performance.now()), { qos: 1 });
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all([publisher.endAsync(), subscriber.endAsync()]);
  await broker.stop();
  return samples;
}
