import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { startPostgres, type PostgresServer } from './postgres-server.js';

/** Without what only costs time where nothing has to last: checkpoints, a log for replicas, plans for great tables. */
const SETTINGS = {
  max_connections: '200',
  shared_buffers: '64MB',
  checkpoint_timeout: '1h',
  max_wal_size: '4GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};

/** The server that tests share, in a temporary folder. It ends with the process, and the folder with it. */
export async function startTestPostgres(): Promise<PostgresServer> {
  return startPostgres({
    dataDir: join(tmpdir(), `brain-pg-${randomBytes(6).toString('hex')}`),
    port: await freePort(),
    password: randomBytes(12).toString('hex'),
    settings: SETTINGS,
    isTemporary: true,
  });
}
