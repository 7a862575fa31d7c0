import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, StreamNotFoundError, WrongExpectedVersionError, type StreamingRead } from '@eventstore/db-client';
import { DomainError } from '@brain/contracts';
import type { ReadRecord } from './event-record.js';
import { faultOf, isPassing, unavailable } from './store-fault.js';

export interface StoreConnectionOptions {
  /** `esdb://user:password@host:2113?tls=false`, `esdb+discover://…`, or the same with `kurrentdb`. */
  readonly url: string;
  readonly connectionName?: string;
  /** How long an append or a page of reading may take. Default 10 s. */
  readonly deadlineMs?: number;
  /** Told of lost connections and changes of leader; the store goes on by itself. */
  readonly onError?: (error: unknown) => void;
}

/** After a lost connection or a change of leader; the client connects anew in between. */
const PAUSES_MS = [20, 100, 300];

export class StoreConnection {
  readonly client: EventStoreDBClient;
  readonly onError: (error: unknown) => void;
  private readonly deadlineMs: number;
  private readonly credentials: { readonly username: string; readonly password: string } | undefined;

  constructor({ url, connectionName, deadlineMs = 10_000, onError = () => undefined }: StoreConnectionOptions) {
    this.client = clientFor(url, connectionName);
    this.credentials = credentialsFor(url);
    this.deadlineMs = deadlineMs;
    this.onError = onError;
  }

  /**
   * Given with each call, so that the client uses Append and not BatchAppend: every append then has its own deadline
   * and its own error. The client's BatchAppend fails all pending ones of the process together, and breaks when one
   * is answered after that.
   */
  get appendOptions() {
    return { requiresLeader: true, deadline: this.deadlineMs, ...(this.credentials && { credentials: this.credentials }) };
  }

  /** Works again after what passes. Rejects with our codes, or with the client's WrongExpectedVersionError. */
  async call<T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work(this.client);
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) throw error;
        const fault = faultOf(error);
        const pauseMs = PAUSES_MS[attempt];
        if (pauseMs === undefined || !isPassing(fault)) throw fault;
        this.onError(fault);
        await pause(pauseMs);
      }
    }
  }

  /** A page of a stream, or of `$all`; nothing when there is no such stream. */
  page(read: (client: EventStoreDBClient) => StreamingRead<{ readonly event?: ReadRecord }>): Promise<readonly ReadRecord[]> {
    return this.call(async (client) => {
      const reading = read(client);
      const deadline = setTimeout(() => reading.destroy(unavailable(`no page within ${String(this.deadlineMs)} ms`)), this.deadlineMs);
      const records: ReadRecord[] = [];
      try {
        for await (const { event } of reading) if (event !== undefined) records.push(event);
      } catch (error) {
        reading.cancel().catch(() => undefined); // it may never have begun
        if (!(error instanceof StreamNotFoundError)) throw error;
      } finally {
        clearTimeout(deadline);
      }
      return records;
    });
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }
}

function clientFor(url: string, connectionName: string | undefined): EventStoreDBClient {
  const known = url.trim().replace(/^kurrentdb(?=[+:])/, 'esdb');
  const separator = known.includes('?') ? '&' : '?';
  try {
    return EventStoreDBClient.connectionString(
      connectionName === undefined ? known : `${known}${separator}connectionName=${encodeURIComponent(connectionName)}`,
    );
  } catch (error) {
    // The parser's own words repeat the URL, and with it the password.
    const reason = error instanceof Error && !('connectionString' in error) ? ` (${error.message})` : '';
    throw new DomainError(
      'EVENT_STORE_REFUSED',
      `BRAIN_EVENTSTOREDB_URL cannot be used${reason}: write esdb://user:password@host:2113, with ?tls=false where the server has no certificate`,
    );
  }
}

/** Without TLS the client sends no credentials at all, whatever they are. */
function credentialsFor(url: string) {
  const [, username, password] = /^[^:]+:\/\/([^:@/]+):([^@]+)@/.exec(url.trim()) ?? [];
  if (username !== undefined && password !== undefined) {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  return /[?&]tls=false/i.test(url) ? { username: '', password: '' } : undefined;
}
