import { createServer, type Server } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '@brain/service-kit';
import type { Logger } from 'pino';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { IngestionSettings } from '../config.js';
import { listening, portOf } from './listening.js';
import { TlsDoor } from './tls-door.js';

/** Of MQTT over WebSocket; clients of MQTT 3.1 still ask for the second. */
const SUBPROTOCOLS = ['mqtt', 'mqttv3.1'];

/** A connection, and the name in its client certificate if that was verified. */
export type Accept = (socket: Duplex, certificateName: string | undefined) => void;

/** Where devices come in: TCP, WebSocket on loopback, and TLS when it is set up. */
export class MqttDoors {
  private readonly tcp: Server;
  private ws: WebSocketServer | undefined;
  private readonly tls: TlsDoor | undefined;

  constructor(
    private readonly settings: IngestionSettings,
    private readonly accept: Accept,
    clock: Clock,
    logger: Logger,
  ) {
    this.tcp = createServer({ noDelay: true }, (socket) => accept(socket, undefined));
    const { INGESTION_TLS_PORT, INGESTION_TLS_CERT_FILE: cert, INGESTION_TLS_KEY_FILE: key, INGESTION_TLS_CLIENT_CA_FILE: clientCa } = settings;
    if (INGESTION_TLS_PORT !== undefined && cert !== undefined && key !== undefined) {
      this.tls = new TlsDoor(settings, { cert, key, clientCa }, accept, clock, logger);
    }
  }

  get port(): number {
    return portOf(this.tcp);
  }

  get webSocketPort(): number {
    return portOf(this.ws);
  }

  get tlsPort(): number | undefined {
    return this.tls?.port;
  }

  get state(): { readonly ready: boolean; readonly detail?: string } {
    const fault = this.tls?.fault;
    if (fault !== undefined) return { ready: true, detail: fault }; // the certificate in use still holds
    return { ready: this.tcp.listening && this.tls?.isListening !== false };
  }

  async open(): Promise<void> {
    await this.tls?.open(); // first: a certificate that must not be used stops the start
    const { INGESTION_MQTT_HOST: host, INGESTION_MQTT_PORT: port } = this.settings;
    const { INGESTION_MQTT_WS_HOST: wsHost, INGESTION_MQTT_WS_PORT: wsPort } = this.settings;
    await listening(this.tcp, () => this.tcp.listen(port, host), 'INGESTION_MQTT_PORT', port);
    const ws = new WebSocketServer({ host: wsHost, port: wsPort, handleProtocols: (offered) => SUBPROTOCOLS.find((name) => offered.has(name)) ?? false });
    this.ws = ws;
    await listening(ws, () => undefined, 'INGESTION_MQTT_WS_PORT', wsPort);
    ws.on('connection', (socket) => this.accept(createWebSocketStream(socket), undefined));
  }

  async close(): Promise<void> {
    await this.tls?.close();
    for (const socket of this.ws?.clients ?? []) socket.terminate();
    await Promise.all([this.tcp, this.ws].map((server) => new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())))));
  }
}
