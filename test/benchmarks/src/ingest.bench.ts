import { startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { startBareBroker } from './bare-broker.js';
import { print } from './figures.js';
import { closeFleet, connectDevice, connectFleet, TELEMETRY, type FleetDevice } from './fleet.js';
import { cpuByName, descendants } from './process-tree.js';
import { saturate } from './saturate.js';

/** So many that each stays far below what one device may send (100 messages/s for long). */
const DEVICES = 100;
const WINDOW = 4;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const METRIC = 'temperature';

/** Acknowledged and stored QoS 1 messages per second, one reading each, and whether the counts reconcile. */
export async function ingest(): Promise<void> {
  const baseline = { what: 'bare aedes broker, same clients, nothing stored', value: await bareBrokerRate() };
  const product = await startProduct();
  try {
    const from = Date.now();
    const fleet = await connectFleet(product, DEVICES);
    const before = cpuByName(await descendants());
    const start = performance.now();
    const { acknowledged, seconds } = await saturate(fleet.map(({ client }) => client), TELEMETRY, WINDOW, SECONDS, readings());
    const counts = await untilReconciled(product, fleet, acknowledged);
    const untilStored = (performance.now() - start) / 1000;
    const after = cpuByName(await descendants());
    const points = await pointsIn(product, fleet, from);
    await closeFleet(fleet);

    const bench = 'ingest';
    print({ bench, figure: 'acknowledged', value: acknowledged / seconds, unit: 'msg/s', target: '>= 2000', baseline });
    print({ bench, figure: 'stored, the drain included', value: counts.stored / untilStored, unit: 'msg/s', target: '>= 2000', baseline });
    print({ bench, figure: 'sent and acknowledged', value: acknowledged, unit: 'messages' });
    print({ bench, figure: 'refused', value: counts.refused, unit: 'messages', target: '= 0' });
    print({ bench, figure: 'duplicates', value: counts.duplicates, unit: 'messages', target: '= 0' });
    const sum = counts.stored + counts.duplicates + counts.refused;
    print({ bench, figure: 'acknowledged - (stored + duplicates + refused)', value: acknowledged - sum, unit: 'messages', target: '= 0' });
    print({ bench, figure: 'acknowledged - points in the time series', value: acknowledged - points, unit: 'messages', target: '= 0' });
    for (const [name, ms] of after) {
      const figure = `processor time of ${name}, for each message`;
      print({ bench, figure, value: (1000 * (ms - (before.get(name) ?? 0))) / acknowledged, unit: 'microseconds' });
    }
  } finally {
    await product.stop();
  }
}

/** The clock's time, but never the same twice for one device: nothing is a duplicate unless it was sent twice. */
function readings(): (device: number) => string {
  const lastTs = new Map<number, number>();
  return (device) => {
    const ts = Math.max(Date.now(), (lastTs.get(device) ?? 0) + 1);
    lastTs.set(device, ts);
    return JSON.stringify({ ts, values: { [METRIC]: 20 + (device % 10) } });
  };
}

interface Counts {
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: number;
}

/** What the product counted for the fleet, once it has counted as many as were acknowledged. */
async function untilReconciled(product: RunningProduct, fleet: readonly FleetDevice[], acknowledged: number): Promise<Counts> {
  const operator = product.as('operator');
  const own = new Set(fleet.map(({ deviceId }) => deviceId));
  return eventually(
    async () => {
      const sum = { stored: 0, duplicates: 0, refused: 0 };
      for await (const count of operator.list<Counts & { deviceId: string | null }>('/api/ingestion/counts')) {
        if (count.deviceId === null || !own.has(count.deviceId)) continue;
        for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += count[key];
      }
      if (sum.stored + sum.duplicates + sum.refused < acknowledged) throw new Error(JSON.stringify({ acknowledged, ...sum }));
      return sum;
    },
    { timeoutMs: 120_000 },
  );
}

/** Counted where readings are asked for, not where they were counted in. */
async function pointsIn(product: RunningProduct, fleet: readonly FleetDevice[], from: number): Promise<number> {
  const operator = product.as('operator');
  let points = 0;
  for (const { deviceId } of fleet) {
    const query = `metric=${METRIC}&bucket=1m&from=${String(from)}&to=${String(Date.now() + 3_600_000)}`;
    const { buckets } = await operator.get<{ buckets: { count: number }[] }>(`/api/telemetry/${deviceId}?${query}`);
    points += buckets.reduce((sum, { count }) => sum + count, 0);
  }
  return points;
}

async function bareBrokerRate(): Promise<number> {
  const broker = await startBareBroker();
  const clients = await Promise.all(Array.from({ length: DEVICES }, (_, n) => connectDevice(broker.url, `bare-${String(n)}`)));
  const { acknowledged, seconds } = await saturate(clients, TELEMETRY, WINDOW, Math.min(10, SECONDS), readings());
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await broker.stop();
  return acknowledged / seconds;
}
