import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, outageLog, Readiness } from '@brain/service-kit';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { tokenHash } from '../devices/device-credentials.js';
import { listening, portOf } from '../mqtt/listening.js';
import { BrokerDoor } from './broker-door.js';

const LONGEST_BODY = 64 * 1024;
const DENY = { result: 'deny' } as const;

/**
 * The inner door for brokers. Once the secret is right every answer is 200: EMQX reads any other status as "ask the
 * next one", and with nobody next it may let everybody do everything.
 */
@Injectable()
export class AuthHttpServer implements OnApplicationBootstrap, OnModuleDestroy {
  private server: Server | undefined;

  constructor(
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    private readonly door: BrokerDoor,
    private readonly readiness: Readiness,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  get port(): number {
    return portOf(this.server);
  }

  async onApplicationBootstrap(): Promise<void> {
    const { INGESTION_AUTH_HTTP_HOST: host, INGESTION_AUTH_HTTP_PORT: port } = this.settings;
    if (port === undefined) return;
    const server = createServer((request, response) => void this.answer(request, response));
    this.server = server;
    await listening(server, () => server.listen(port, host), 'INGESTION_AUTH_HTTP_PORT', port);
    this.readiness.add('broker-door', () => ({ ready: server.listening }));
    this.logger.info({ authHttpPort: this.port }, 'answering brokers');
  }

  async onModuleDestroy(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ask = this.questionOf(request);
    if (ask === undefined) reply(response, 404, { code: 'PATH_UNKNOWN' });
    else if (!this.knowsSecret(request)) reply(response, 401, { code: 'SECRET_WRONG' });
    else reply(response, 200, await this.answerTo(ask, request));
  }

  private async answerTo(ask: (body: unknown) => Promise<object>, request: IncomingMessage): Promise<object> {
    try {
      return await ask(await readJson(request));
    } catch (error) {
      outageLog(this.logger).failed('questions of the broker', error, 'a question of a broker could not be answered: denied');
      return DENY;
    }
  }

  private questionOf({ method, url }: IncomingMessage): ((body: unknown) => Promise<object>) | undefined {
    if (method !== 'POST') return undefined;
    if (url === '/emqx/authenticate') return (body) => this.door.authenticate(body);
    if (url === '/emqx/authorize') return (body) => this.door.authorize(body);
    return undefined;
  }

  private knowsSecret({ headers }: IncomingMessage): boolean {
    const expected = `Bearer ${this.settings.INGESTION_AUTH_HTTP_SECRET ?? ''}`;
    return timingSafeEqual(tokenHash(headers.authorization ?? ''), tokenHash(expected));
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_BODY) throw new Error('The question is too long');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
