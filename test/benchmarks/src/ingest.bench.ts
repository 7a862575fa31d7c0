import { startProduct, type RunningProduct } from '@brain/test-e2e';
import { eventually } from '@brain/testing';
import { startBareBroker } from './bare-broker.js';
import { print } from './figures.js';
import { AREA, closeFleet, connectDevice, connectFleet, TELEMETRY, type FleetDevice } from './fleet.js';
import { saturate } from './saturate.js';

const DEVICES = 50;
const WINDOW = 8;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);

/** Acknowledged and stored QoS 1 messages per second, one reading each, and whether the counts reconcile. */
export async function ingest(): Promise<void> {
  const baseline = await bareBrokerRate();
  const product = await startProduct();
  try {
    const fleet = await connectFleet(product, DEVICES);
    const from = Date.now() - 86_400_000;
    // Device time, one per message: nothing is a duplicate unless it was sent twice.
    const payload = (device: number, n: number) => JSON.stringify({ ts: from + n, values: { temperature: 20 + (device % 10) } });
    const { acknowledged, seconds } = await saturate(fleet.map(({ client }) => client), TELEMETRY, WINDOW, SECONDS, payload);
    const drainStart = performance.now();
    const counts = await untilReconciled(product, fleet, acknowledged);
    const drained = (performance.now() - drainStart) / 1000;
    await closeFleet(fleet);

    const what = 'bare aedes broker, same clients, nothing stored';
    print({ bench: 'ingest', figure: 'acknowledged', value: acknowledged / seconds, unit: 'msg/s', target: '>= 2000', baseline: { what, value: baseline } });
    print({ bench: 'ingest', figure: 'stored, the drain included', value: counts.stored / (seconds + drained), unit: 'msg/s', target: '>= 2000', baseline: { what, value: baseline } });
    print({ bench: 'ingest', figure: 'sent and acknowledged', value: acknowledged, unit: 'messages' });
    const sum = counts.stored + counts.duplicates + counts.refused;
    print({ bench: 'ingest', figure: 'received - (stored + duplicates + refused)', value: acknowledged - sum, unit: 'messages', target: '<= 0' });
  } finally {
    await product.stop();
  }
}

interface Counts {
  readonly received: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly refused: number;
}

async function untilReconciled(product: RunningProduct, fleet: readonly FleetDevice[], acknowledged: number): Promise<Counts> {
  const operator = product.as('operator');
  return eventually(
    async () => {
      const sum = { received: 0, stored: 0, duplicates: 0, refused: 0 };
      for (const { deviceId } of fleet) {
        const { items } = await operator.get<{ items: Counts[] }>(`/api/ingestion/counts?deviceId=${deviceId}&limit=500`);
        for (const item of items) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += item[key];
      }
      if (sum.stored + sum.duplicates + sum.refused < acknowledged) throw new Error(`${AREA}: ${JSON.stringify(sum)}`);
      return sum;
    },
    { timeoutMs: 120_000 },
  );
}

async function bareBrokerRate(): Promise<number> {
  const broker = await startBareBroker();
  const clients = await Promise.all(Array.from({ length: DEVICES }, (_, n) => connectDevice(broker.url, `bare-${String(n)}`)));
  const { acknowledged, seconds } = await saturate(clients, TELEMETRY, WINDOW, Math.min(10, SECONDS), (device, n) =>
    JSON.stringify({ ts: n, values: { temperature: device } }),
  );
  await Promise.all(clients.map((client) => client.endAsync(true)));
  await broker.stop();
  return acknowledged / seconds;
}
