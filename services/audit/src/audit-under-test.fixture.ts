import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import { EVENT_STORE, type EventStore, installEventStore, installPersonalData, MasterKeyRing } from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { createService } from '@brain/service-kit';
import { MASTER_KEY, tempDir, testDatabase } from '@brain/testing';
import { AppModule } from './app.module.js';
import { loadConfig, logSettingsOf } from './config.js';
import { openLogKey } from './log/log-key-engine.js';

/** The service on its own database and port, and a way to ask as anybody. */
export class AuditUnderTest {
  private readonly clients: pg.Client[] = [];

  private constructor(
    private readonly app: NestExpressApplication,
    private readonly tokenFor: (actor: Actor) => Promise<string>,
    readonly logFolder: string,
    private readonly databaseUrl: string,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  /** @param environment more of it */
  static async start(environment: Readonly<Record<string, string>> = {}): Promise<AuditUnderTest> {
    const [database, folder, keys] = await Promise.all([testDatabase(), tempDir(), createSigningKeys()]);
    const jwksFile = join(folder.path, 'jwks.json');
    await writeFile(jwksFile, JSON.stringify(keys.jwks));
    await installEngines(database.url);
    const config = loadConfig({
      AUDIT_DATABASE_URL: database.url,
      AUDIT_LOG_FOLDER: join(folder.path, 'log'),
      AUDIT_LOG_KEY_FILE: join(folder.path, 'log.key'),
      AUDIT_LOG_CHECKPOINT_MS: '20',
      AUDIT_LOG_CHECK_PAUSE_MS: '50',
      BRAIN_AUTH_JWKS_FILE: jwksFile,
      BRAIN_MASTER_KEY: MASTER_KEY,
      BRAIN_LOG_LEVEL: 'silent',
      ...environment,
    });
    await openLogKey(logSettingsOf(config)).ping();
    const app = await createService('audit', config.kit, AppModule.with(config));
    await app.listen(0, '127.0.0.1');
    return new AuditUnderTest(
      app,
      (actor) => issueAccessToken(keys.privateJwk, actor, 60),
      join(folder.path, 'log'),
      database.url,
      async () => {
        await Promise.all([database.drop(), folder.remove()]);
      },
    );
  }

  get store(): EventStore {
    return this.app.get<EventStore>(EVENT_STORE);
  }

  async url(): Promise<string> {
    const { port } = new URL(await this.app.getUrl());
    return `http://127.0.0.1:${port}`;
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(token);
  }

  async ask(path: string, actor: Partial<Actor>, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${await this.url()}${path}`, { headers: { authorization: await this.authorization(actor), ...headers } });
  }

  /** What an auditor of everywhere, but for what is said here, sends along. */
  async authorization(actor: Partial<Actor> = {}): Promise<string> {
    const whole: Actor = { id: 'a', username: 'a', name: 'a', roles: ['auditor'], areaCodes: ['*'], staffId: null, ...actor };
    return `Bearer ${await this.tokenFor(whole)}`;
  }

  /** Past the service, as the owner of every table. */
  async asOwner(sql: string): Promise<void> {
    await this.withOwner(async (client) => {
      await client.query(sql);
    });
  }

  /** The same for several statements on one connection. */
  withOwner(work: (client: pg.Client) => Promise<void>): Promise<void> {
    return withClient(this.databaseUrl, work);
  }

  /** A connection of the owner, for a test to hold something open on; closed with the service. */
  async connect(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.databaseUrl });
    await client.connect();
    this.clients.push(client);
    return client;
  }

  async stop(): Promise<void> {
    await Promise.all(this.clients.map((client) => client.end()));
    await this.app.close();
    await this.cleanUp();
  }
}

async function installEngines(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await installEventStore(client, { roles: [] });
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: [], writers: [], erasers: [] });
    await installMessageBus(client, { roles: [], topics: topicCatalogue });
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
