import { connectAsync } from 'mqtt';
import type { SeriesPoint } from './series-file.js';

const TELEMETRY_TOPIC = 'v1/devices/me/telemetry';
/** A device that catches up sends what has gathered in one message, as ThingsBoard devices do. */
const MOST_PER_MESSAGE = 100;
const TICK_MS = 50;

export interface PublishOptions {
  readonly mqttUrl: string;
  readonly accessToken: string;
  readonly metric: string;
  /** Seconds of the series per second; Infinity for as fast as it is acknowledged. */
  readonly speed: number;
  readonly onProgress: (sent: number) => void;
}

/** Publishes the points with their own times, each message after the one before was acknowledged. */
export async function publishSeries(points: readonly SeriesPoint[], options: PublishOptions): Promise<void> {
  const client = await connectAsync(options.mqttUrl, { username: options.accessToken, protocolVersion: 4, clean: true, reconnectOnConnackError: true });
  const start = Date.now();
  const first = points[0]?.ts ?? 0;
  try {
    for (let sent = 0; sent < points.length; ) {
      const reached = first + (Date.now() - start) * options.speed;
      const due = points.slice(sent, sent + MOST_PER_MESSAGE).filter(({ ts }) => ts <= reached || options.speed === Infinity);
      if (due.length === 0) {
        await new Promise((resolve) => setTimeout(resolve, TICK_MS));
        continue;
      }
      const payload = due.map(({ ts, value }) => ({ ts, values: { [options.metric]: value } }));
      await client.publishAsync(TELEMETRY_TOPIC, JSON.stringify(payload), { qos: 1 });
      sent += due.length;
      options.onProgress(sent);
    }
  } finally {
    await client.endAsync();
  }
}
