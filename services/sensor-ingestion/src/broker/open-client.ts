import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import type { BrokerAddress } from './broker-address.js';
import { brokerRefusalOf } from './broker-refusal.js';

/**
 * A connected client. `prepare` runs before anything can arrive: a resumed session delivers right after CONNACK.
 * @throws DomainError BROKER_REFUSED when waiting cannot mend it
 */
export async function openClient(address: BrokerAddress, options: IClientOptions, prepare: (client: MqttClient) => void = () => undefined): Promise<MqttClient> {
  const client = mqtt.connect(address.url, { ...address.options, ...options, manualConnect: true });
  prepare(client);
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('The MQTT broker closed the connection before it was open')));
      client.connect();
    });
  } catch (error) {
    client.on('error', () => undefined); // it may fail again while it ends
    client.end(true);
    throw brokerRefusalOf(error, address.url) ?? error;
  }
  return client;
}
