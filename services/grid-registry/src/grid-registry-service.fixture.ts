import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createSigningKeys, issueAccessToken, type Actor } from '@brain/auth';
import {
  installEventStore,
  installPersonalData,
  MasterKeyRing,
  PersonalData,
  PostgresEventStore,
  PostgresPersonKeys,
  SealingEventStore,
  type EventStore,
} from '@brain/event-store';
import { installMessageBus, topicCatalogue } from '@brain/message-bus';
import { createService } from '@brain/service-kit';
import { MASTER_KEY, tempDir, testDatabase } from '@brain/testing';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

const TOKEN_SECONDS = 3600;

export interface Answer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: Record<string, unknown> & {
    readonly code?: string;
    readonly errors?: readonly { readonly path: string; readonly message: string }[];
    readonly refused?: readonly { readonly code: string; readonly path: string }[];
    readonly items?: readonly Record<string, unknown>[];
  };
}

export interface CallOptions {
  readonly body?: string | Uint8Array | object;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const person = (id: string, role: Actor['roles'][number], areaCodes: readonly string[] = ['440305'], staffId: string | null = null): Actor => ({
  id,
  username: id,
  name: id,
  roles: [role],
  areaCodes,
  staffId,
});

/** The whole service on a fresh database, at its real door. */
export async function startGridRegistry(env: Readonly<Record<string, string>> = {}) {
  const [database, folder, keys] = await Promise.all([testDatabase(), tempDir(), createSigningKeys()]);
  await installEngines(database.url);
  const jwksFile = join(folder.path, 'jwks.json');
  await writeFile(jwksFile, JSON.stringify(keys.jwks));
  const config = loadConfig({ GRID_DATABASE_URL: database.url, BRAIN_AUTH_JWKS_FILE: jwksFile, BRAIN_MASTER_KEY: MASTER_KEY, BRAIN_LOG_LEVEL: 'silent', ...env });
  let app = await createService('grid-registry', config.kit, AppModule.with(config));
  await app.listen(0, '127.0.0.1');

  return {
    databaseUrl: database.url,
    async call(who: Actor, method: string, path: string, { body, type = 'application/json', headers = {} }: CallOptions = {}): Promise<Answer> {
      const token = await issueAccessToken(keys.privateJwk, who, TOKEN_SECONDS);
      const payload = typeof body === 'object' && !(body instanceof Uint8Array) ? JSON.stringify(body) : body;
      const response = await fetch(`${await app.getUrl()}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': type, ...headers },
        ...(payload === undefined ? {} : { body: payload }),
      });
      return { status: response.status, etag: response.headers.get('etag'), body: (await response.json()) as Answer['body'] };
    },
    /** Ends the process's memory; what is stored stays. */
    async restart(): Promise<void> {
      await app.close();
      app = await createService('grid-registry', config.kit, AppModule.with(config));
      await app.listen(0, '127.0.0.1');
    },
    async stop(): Promise<void> {
      await app.close();
      await Promise.all([database.drop(), folder.remove()]);
    },
  };
}

/** The record as services read it; close it afterwards. */
export function openRecord(connectionString: string, pool: pg.Pool): EventStore {
  const keys = new PostgresPersonKeys(pool, MasterKeyRing.fromText(MASTER_KEY));
  return new SealingEventStore(new PostgresEventStore({ connectionString }), new PersonalData(keys));
}

export type GridRegistryUnderTest = Awaited<ReturnType<typeof startGridRegistry>>;

async function installEngines(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await installEventStore(client, { roles: [] });
    await installPersonalData(client, { masterKeys: MasterKeyRing.fromText(MASTER_KEY), readers: [], writers: [], erasers: [] });
    await installMessageBus(client, { roles: [], topics: topicCatalogue });
  } finally {
    await client.end();
  }
}
