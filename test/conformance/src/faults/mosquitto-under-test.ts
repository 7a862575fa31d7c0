import { startMosquitto, type MosquittoServer } from '../mosquitto/mosquitto-server.js';
import type { Acknowledgement } from '../mosquitto/sending-device.js';
import { TcpProxy } from '../network/tcp-proxy.js';

/** A kill -9 of Mosquitto, and when it had last written what it holds. */
export interface BrokerCrash {
  readonly savedAt: number;
  readonly killedAt: number;
}

/** A real Mosquitto, with a proxy between it and sensor-ingestion. */
export class MosquittoUnderTest {
  readonly crashes: BrokerCrash[] = [];

  private constructor(
    private readonly server: MosquittoServer,
    /** Sensor-ingestion to Mosquitto. */
    readonly link: TcpProxy,
  ) {}

  static async start(): Promise<MosquittoUnderTest> {
    const server = await startMosquitto();
    return new MosquittoUnderTest(server, await TcpProxy.start(() => server.port));
  }

  get port(): number {
    return this.server.port;
  }

  /** What sensor-ingestion needs to be its client. */
  get variables(): Readonly<Record<string, string>> {
    const { username, password } = this.server.administrator;
    return {
      INGESTION_BROKER_URL: `mqtt://127.0.0.1:${String(this.link.port)}`,
      INGESTION_BROKER_USERNAME: 'brain',
      INGESTION_BROKER_PASSWORD: 'a-password-for-tests',
      INGESTION_BROKER_ADMIN_USERNAME: username,
      INGESTION_BROKER_ADMIN_PASSWORD: password,
    };
  }

  /** kill -9, and up again. */
  async crash(): Promise<void> {
    await this.server.kill();
    this.crashes.push({ savedAt: this.server.savedAt(), killedAt: Date.now() });
    await this.server.restart();
  }

  async stop(): Promise<void> {
    await this.link.stop();
    await this.server.stop();
  }
}

/** Mosquitto acknowledges before it writes: what it had not written when it was killed is gone, and nothing else. */
export function wasOnlyInMemory({ connectedAt, at }: Acknowledgement, crashes: readonly BrokerCrash[]): boolean {
  return crashes.some(({ savedAt, killedAt }) => connectedAt <= killedAt && at >= savedAt);
}
