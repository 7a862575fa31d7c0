import type { MqttClient } from 'mqtt';
import { z } from 'zod';
import type { BrokerAddress } from './broker-address.js';
import { subscriptionRefused } from './broker-refusal.js';
import { ALREADY_SO, type BrokerClient, type DynsecCommand } from './dynsec-commands.js';
import { openClient } from './open-client.js';

const CONTROL = '$CONTROL/dynamic-security/v1';
const ANSWERS = `${CONTROL}/response`;
const ANSWER_WITHIN_MS = 30_000;

const answers = z.object({
  responses: z.array(z.object({ command: z.string(), error: z.string().optional(), data: z.unknown().optional() })),
});
const clientList = z.object({
  clients: z.array(z.object({ username: z.string(), textname: z.string().optional(), disabled: z.boolean().optional() })),
});

type Answers = z.infer<typeof answers>['responses'];

/** Talks to Mosquitto's dynamic-security plugin: one request at a time, its commands are carried out in order. */
export class DynsecClient {
  private waiting: { readonly resolve: (text: string) => void; readonly reject: (error: Error) => void } | undefined;

  private constructor(private readonly client: MqttClient) {
    client.on('message', (topic, payload) => {
      if (topic === ANSWERS) this.waiting?.resolve(payload.toString());
    });
    client.on('error', (error) => this.waiting?.reject(error));
    client.on('close', () => this.waiting?.reject(new Error('The connection to the MQTT broker ended')));
  }

  /** @throws DomainError BROKER_REFUSED when these credentials may not */
  static async open(address: BrokerAddress): Promise<DynsecClient> {
    const client = await openClient(address, { clean: true });
    const dynsec = new DynsecClient(client);
    try {
      await client.subscribeAsync(ANSWERS, { qos: 1 });
    } catch (error) {
      client.end(true);
      throw client.connected ? subscriptionRefused(address.url, `${ANSWERS} (is the plugin loaded, and the user an administrator?)`) : error;
    }
    return dynsec;
  }

  get isOpen(): boolean {
    return this.client.connected;
  }

  /** Carries out what is not so yet. */
  async apply(commands: readonly DynsecCommand[]): Promise<void> {
    if (commands.length === 0) return;
    for (const { command, error } of await this.ask(commands)) {
      if (error !== undefined && !ALREADY_SO.has(error)) throw new Error(`Mosquitto's dynamic security: ${command}: ${error}`);
    }
  }

  async clients(): Promise<readonly BrokerClient[]> {
    const [answer] = await this.ask([{ command: 'listClients', verbose: true, count: -1, offset: 0 }]);
    return clientList.parse(answer?.data).clients;
  }

  async close(): Promise<void> {
    await this.client.endAsync();
  }

  private async ask(commands: readonly DynsecCommand[]): Promise<Answers> {
    const answered = new Promise<string>((resolve, reject) => (this.waiting = { resolve, reject }));
    answered.catch(() => undefined);
    const limit = setTimeout(() => this.waiting?.reject(new Error("Mosquitto's dynamic security does not answer; is the plugin loaded?")), ANSWER_WITHIN_MS);
    try {
      await this.client.publishAsync(CONTROL, JSON.stringify({ commands }), { qos: 1 });
      return answers.parse(JSON.parse(await answered)).responses;
    } finally {
      clearTimeout(limit);
      this.waiting = undefined;
    }
  }
}
