import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { installTimescaleTimeSeries, TimescaleTimeSeries, type TimescaleInstallation } from '@brain/time-series';
import { timescaleDatabase, type TimescaleDatabase } from './timescale-server.js';

const TABLES = ['reading', 'reading_stale', 'reading_latest', 'ingest_count', 'ingest_offset', 'ingest_gap', 'reading_forgotten'];
const ROLLUPS = ['reading_minute', 'reading_hour', 'reading_day'];

/** The adapter as a service has it, a role that owns nothing, and the owner beside it for the upkeep. */
export class TimescaleUnderTest {
  private constructor(
    private readonly database: TimescaleDatabase,
    readonly owner: pg.Client,
    readonly role: string,
    readonly series: TimescaleTimeSeries,
    readonly second: TimescaleTimeSeries,
  ) {}

  static async open(policies: Partial<TimescaleInstallation> = {}): Promise<TimescaleUnderTest> {
    const database = await timescaleDatabase();
    console.info(database.found);
    const owner = new pg.Client({ connectionString: database.url });
    await owner.connect();
    const role = `writer_${randomBytes(4).toString('hex')}`;
    await owner.query(`CREATE EXTENSION timescaledb`);
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    await install(owner, { roles: [role], ...policies });
    await install(owner, { roles: [role], ...policies }); // a restart finds everything there
    const url = new URL(database.url);
    url.username = role;
    url.password = 'secret';
    const [series, second] = [new TimescaleTimeSeries({ connectionString: url.href }), new TimescaleTimeSeries({ connectionString: url.href })];
    return new TimescaleUnderTest(database, owner, role, series, second);
  }

  /** Installs once more, with other policies: a policy that is new brings a job that would run by the clock. */
  async reinstall(policies: Partial<TimescaleInstallation>): Promise<void> {
    await install(this.owner, { roles: [], ...policies });
  }

  /** The boundary stays where it was: what was sealed once may be asked for again. */
  async clear(): Promise<void> {
    await this.owner.query(`TRUNCATE ${TABLES.map((table) => `time_series.${table}`).join(', ')}`);
    for (const rollup of ROLLUPS) await this.owner.query(`TRUNCATE time_series.${rollup}`);
  }

  async refresh(before: number): Promise<void> {
    await this.owner.query(`CALL time_series.refresh_rollups('${new Date(before).toISOString()}')`);
  }

  /** Every chunk, also the newest: what comes next is late to all of them. */
  async compress(): Promise<void> {
    for (const table of ['reading', 'reading_minute', 'reading_hour']) {
      await this.owner.query(`SELECT compress_chunk(chunk) FROM show_chunks('time_series.${table}') AS chunk`);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.series.close(), this.second.close()]);
    await this.owner.query(`DROP OWNED BY ${this.role}`);
    await this.owner.query(`DROP ROLE ${this.role}`);
    await this.owner.end();
    await this.database.stop();
  }
}

/** On a live server the jobs run by the clock, in the middle of a test; so they are stopped after every installation. */
async function install(owner: pg.Client, installation: TimescaleInstallation): Promise<void> {
  await installTimescaleTimeSeries(owner, installation);
  await owner.query('SELECT alter_job(job_id, scheduled => false) FROM timescaledb_information.jobs WHERE job_id >= 1000');
}
