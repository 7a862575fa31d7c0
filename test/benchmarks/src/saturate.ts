import type { MqttClient } from 'mqtt';

export interface Saturation {
  readonly acknowledged: number;
  readonly seconds: number;
}

/** Each client keeps `window` QoS 1 publishes in flight until the time is over, then waits for the last ones. */
export async function saturate(
  clients: readonly MqttClient[],
  topic: string,
  window: number,
  seconds: number,
  payload: (client: number) => string,
): Promise<Saturation> {
  const start = performance.now();
  const until = start + seconds * 1000;
  let acknowledged = 0;
  const lane = async (client: MqttClient, index: number) => {
    while (performance.now() < until) {
      await client.publishAsync(topic, payload(index), { qos: 1 });
      acknowledged += 1;
    }
  };
  await Promise.all(clients.flatMap((client, index) => Array.from({ length: window }, () => lane(client, index))));
  return { acknowledged, seconds: (performance.now() - start) / 1000 };
}
