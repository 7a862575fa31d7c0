import { createServer, type Server, type TLSSocket } from 'node:tls';
import { aborted, BackgroundTask, type Clock } from '@brain/service-kit';
import type { Logger } from 'pino';
import type { IngestionSettings } from '../config.js';
import { listening, portOf } from './listening.js';
import { fingerprintOf, loadCertificate, type CertificateFiles } from './tls-certificate.js';

const LOOK_EVERY_MS = 60_000;

export type AcceptTls = (socket: TLSSocket, certificateName: string | undefined) => void;

/** MQTT over TLS. A client may show a certificate; one that does not hold is no reason to ask for a token instead. */
export class TlsDoor {
  private server: Server | undefined;
  private fingerprint = '';
  private readonly renewals: BackgroundTask;

  constructor(
    private readonly settings: Pick<IngestionSettings, 'INGESTION_MQTT_HOST' | 'INGESTION_TLS_PORT'>,
    private readonly files: CertificateFiles,
    private readonly accept: AcceptTls,
    private readonly clock: Clock,
    private readonly logger: Logger,
    lookEveryMs = LOOK_EVERY_MS,
  ) {
    this.renewals = new BackgroundTask('mqtt/certificate', logger, async (signal, healthy) => {
      while (!signal.aborted) {
        this.renew();
        healthy();
        await aborted(signal, lookEveryMs);
      }
    });
  }

  get port(): number {
    return portOf(this.server);
  }

  get isListening(): boolean {
    return this.server?.listening === true;
  }

  /** Why a renewed certificate is not in use, if so. */
  get fault(): string | undefined {
    return this.renewals.lastError;
  }

  /** @throws DomainError when the certificate must not be used */
  async open(): Promise<void> {
    this.fingerprint = fingerprintOf(this.files);
    const { context, validTo } = loadCertificate(this.files, this.now());
    const server = createServer({ ...context, minVersion: 'TLSv1.2', requestCert: this.files.clientCa !== undefined, rejectUnauthorized: false });
    this.server = server;
    server.on('secureConnection', (socket) => this.greet(socket));
    server.on('tlsClientError', (error) => this.logger.debug({ reason: error.message }, 'tls connection ended'));
    const port = this.settings.INGESTION_TLS_PORT ?? 0;
    await listening(server, () => server.listen(port, this.settings.INGESTION_MQTT_HOST), 'INGESTION_TLS_PORT', port);
    this.renewals.start();
    this.logger.info({ tlsPort: this.port, certificateValidTo: validTo.toISOString() }, 'mqtt over tls listening');
  }

  async close(): Promise<void> {
    await this.renewals.stop();
    const { server } = this;
    if (server !== undefined) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private greet(socket: TLSSocket): void {
    socket.on('error', () => undefined); // who reads it hears of its end
    const certificate = this.files.clientCa === undefined ? undefined : socket.getPeerX509Certificate();
    if (certificate === undefined) {
      this.accept(socket, undefined);
      return;
    }
    // The types know only the text form of the error that is null when all is well.
    if (!socket.authorized) {
      this.logger.warn({ code: 'CLIENT_CERTIFICATE_REFUSED', reason: String(socket.authorizationError) }, 'mqtt connection refused');
      socket.destroy();
      return;
    }
    this.accept(socket, commonName(certificate.subject));
  }

  /** New connections get the renewed certificate; those that are there go on. */
  private renew(): void {
    const fingerprint = fingerprintOf(this.files);
    if (fingerprint === this.fingerprint) return;
    const { context, validTo } = loadCertificate(this.files, this.now());
    this.server?.setSecureContext(context);
    this.fingerprint = fingerprint;
    this.logger.info({ certificateValidTo: validTo.toISOString() }, 'renewed certificate in use');
  }

  private now(): Date {
    return new Date(this.clock.millis());
  }
}

function commonName(subject: string): string {
  return /(?:^|\n)CN=(.*)/.exec(subject)?.[1] ?? '';
}
