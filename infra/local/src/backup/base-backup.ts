import type { Connection, Submittable } from 'pg';
import pg from 'pg';

/** What arrives of a base backup: bytes of the one archive, and how far the server is. */
export interface BaseBackupListener {
  /** Rejects when what arrives cannot be kept: then the server stops sending. */
  readonly failed: Promise<never>;
  /** Bytes that the server expects to send; known at the start. */
  readonly onSize: (bytes: number) => void;
  /** `false`: wait until `resume` is called. */
  readonly onData: (bytes: Buffer, resume: () => void) => boolean;
}

export interface BaseBackupDone {
  /** Where in the write-ahead log it began and ended. */
  readonly start: string;
  readonly end: string;
}

const BASE_BACKUP = "BASE_BACKUP (LABEL 'community-brain', CHECKPOINT 'fast', WAL, PROGRESS, MANIFEST 'yes', TARGET 'client')";
/** First byte of a message within the copy. */
const [ARCHIVE, MANIFEST, DATA] = [0x6e, 0x6d, 0x64];

/**
 * A copy of the whole database server as of the moment it ends, as one tar archive with the part of the write-ahead
 * log it needs. Over the protocol of `pg_basebackup`, which does not come with the server that npm brings. The server
 * goes on meanwhile; a slot of this connection keeps it from recycling what the copy still needs.
 */
export async function baseBackup(connectionString: string, listener: BaseBackupListener): Promise<BaseBackupDone> {
  const client = new pg.Client({ connectionString, replication: 'true' } as pg.ClientConfig);
  let lost: Error | undefined;
  client.on('error', (error) => (lost = error));
  await client.connect();
  try {
    const slot = `brain_backup_${String(process.pid)}`;
    await client.query(`CREATE_REPLICATION_SLOT ${slot} TEMPORARY PHYSICAL RESERVE_WAL`);
    const copy = new BaseBackupQuery(listener);
    client.query(copy);
    return await Promise.race([copy.done, listener.failed]);
  } catch (error) {
    throw lost ?? error;
  } finally {
    await client.end();
  }
}

/** The answer is a result with the start, one with the tablespaces, the copy, and a result with the end. */
class BaseBackupQuery implements Submittable {
  readonly done: Promise<BaseBackupDone>;
  private settle: { resolve: (done: BaseBackupDone) => void; reject: (error: Error) => void } | undefined;
  private readonly rows: string[][] = [];
  private failure: Error | undefined;
  private isArchive = false;

  constructor(private readonly listener: BaseBackupListener) {
    this.done = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    this.done.catch(() => undefined);
  }

  submit(connection: Connection): void {
    connection.query(BASE_BACKUP);
  }

  handleRowDescription(): void {
    // the columns are those of the protocol
  }

  handleDataRow({ fields }: { readonly fields: readonly (Buffer | string | null)[] }): void {
    const row = fields.map((field) => field?.toString() ?? '');
    this.rows.push(row);
    // Of the row of the main tablespace only the size is of interest, in kilobytes.
    if (this.rows.length === 2) this.listener.onSize(Number(row[2]) * 1024);
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }, connection: Connection): void {
    const [kind] = chunk;
    // The server's own list of files is of no use: ours has the hash of the archive.
    if (kind === ARCHIVE || kind === MANIFEST) this.isArchive = kind === ARCHIVE;
    if (kind !== DATA || !this.isArchive) return;
    // A copy: the driver goes on writing into what it has given us.
    const goesOn = this.listener.onData(Buffer.from(chunk.subarray(1)), () => connection.stream.resume());
    if (!goesOn) connection.stream.pause();
  }

  handleCommandComplete(): void {
    // one for each part
  }

  handleError(error: Error): void {
    this.failure = error;
    this.settle?.reject(error);
  }

  handleReadyForQuery(): void {
    const [start, end] = [this.rows[0]?.[0], this.rows.at(-1)?.[0]];
    if (this.failure !== undefined) this.settle?.reject(this.failure);
    else if (start === undefined || end === undefined || this.rows.length < 3) this.settle?.reject(new Error('The server did not say where its backup ends'));
    else this.settle?.resolve({ start, end });
  }
}
