import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';
import { judgeOf, type Finding } from './finding.js';

const judge = judgeOf('mqtt-broker');
const ANSWER_WITHIN_MS = 5_000;

export interface BrokerAccess {
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly caFile?: string | undefined;
  readonly version: '3.1.1' | '5';
}

/** The variables of sensor-ingestion; undefined when devices come to its own listener. */
export function brokerAccess(env: Readonly<Record<string, string | undefined>>): BrokerAccess | undefined {
  const url = env.INGESTION_BROKER_URL;
  if (url === undefined || url === '') return undefined;
  return {
    url,
    username: env.INGESTION_BROKER_USERNAME,
    password: env.INGESTION_BROKER_PASSWORD,
    caFile: env.INGESTION_BROKER_CA_FILE,
    version: env.INGESTION_BROKER_MQTT_VERSION === '3.1.1' ? '3.1.1' : '5',
  };
}

/** Connects once with the rights of sensor-ingestion, under an id of its own, and reads nothing. */
export async function brokerFindings({ url, username, password, caFile, version }: BrokerAccess): Promise<readonly Finding[]> {
  const host = new URL(url).host;
  try {
    const client = await mqtt.connectAsync(url, {
      protocolVersion: version === '5' ? 5 : 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: ANSWER_WITHIN_MS,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    }, false);
    await client.endAsync();
    return [judge('rights', 'fine', `${host} lets sensor-ingestion in with MQTT ${version}`)];
  } catch (error) {
    const reason = error instanceof Error && error.message !== '' ? error.message : String(error);
    return [judge('rights', 'wrong', `${host} does not let sensor-ingestion in with MQTT ${version}: ${reason}`)];
  }
}
