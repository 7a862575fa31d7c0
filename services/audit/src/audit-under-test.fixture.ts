import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import { EVENT_STORE, type EventStore } from '@brain/event-store';
import { createService } from '@brain/service-kit';
import { serviceDatabase } from '@brain/service-kit/testing';
import { type Closers, MASTER_KEY, setUp, tempDir } from '@brain/testing';
import { AppModule } from './app.module.js';
import { loadConfig, logSettingsOf } from './config.js';
import { openLogKey } from './log/log-key-engine.js';
import { readTables } from './replay.js';

const DATABASE = { ...readTables, migrationsDir: join(import.meta.dirname, '..', 'migrations') };

/** The service on its own database and port, and a way to ask as anybody. */
export class AuditUnderTest {
  private constructor(
    private readonly app: NestExpressApplication,
    private readonly tokenFor: (actor: Actor) => Promise<string>,
    readonly logFolder: string,
    private readonly databaseUrl: string,
    private readonly closers: Closers,
  ) {}

  /** @param environment more of it */
  static start(environment: Readonly<Record<string, string>> = {}): Promise<AuditUnderTest> {
    return setUp(async (closers) => {
      const [database, folder, keys] = await Promise.all([
        closers.use(serviceDatabase(DATABASE), (it) => it.drop()),
        closers.use(tempDir(), (it) => it.remove()),
        createSigningKeys(),
      ]);
      const jwksFile = join(folder.path, 'jwks.json');
      await writeFile(jwksFile, JSON.stringify(keys.jwks));
      const config = loadConfig({
        AUDIT_DATABASE_URL: database.url,
        AUDIT_LOG_FOLDER: join(folder.path, 'log'),
        AUDIT_LOG_KEY_FILE: join(folder.path, 'log.key'),
        AUDIT_LOG_CHECKPOINT_MS: '20',
        BRAIN_AUTH_JWKS_FILE: jwksFile,
        BRAIN_MASTER_KEY: MASTER_KEY,
        BRAIN_LOG_LEVEL: 'silent',
        ...environment,
      });
      await openLogKey(logSettingsOf(config)).ping();
      const app = await closers.use(createService('audit', config.kit, AppModule.with(config)), (it) => it.close());
      await app.listen(0, '127.0.0.1');
      const tokenFor = (actor: Actor) => issueAccessToken(keys.privateJwk, actor, 60);
      return new AuditUnderTest(app, tokenFor, join(folder.path, 'log'), database.ownerUrl, closers);
    });
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
    this.closers.add(() => client.end());
    return client;
  }

  stop(): Promise<void> {
    return this.closers.close();
  }
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
