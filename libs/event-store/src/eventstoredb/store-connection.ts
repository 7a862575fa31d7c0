import { setTimeout as pause } from 'node:timers/promises';
import { EventStoreDBClient, StreamNotFoundError, WrongExpectedVersionError, type StreamingRead } from '@eventstore/db-client';
import { DomainError } from '@brain/contracts';
import type { ReadRecord } from './event-record.js';
import { serverVersionOf, tooOld } from './server-version.js';
import { faultOf, isPassing, refused, unavailable } from './store-fault.js';
import { readStoreUrl, type StoreUrl } from './store-url.js';
import { tlsMistake } from './tls-mistake.js';

export interface StoreConnectionOptions {
  /** `esdb://user:password@host:2113?tls=false`, several hosts, `esdb+discover://…`, or the same with `kurrentdb`. */
  readonly url: string;
  readonly connectionName?: string;
  /** How long an append, or a page of reading until its next event, may take, with all that is tried again. Default 5 s. */
  readonly deadlineMs?: number;
  /** Told of lost connections and changes of leader; the store goes on by itself. */
  readonly onError?: (error: unknown) => void;
}

type Reading = (client: EventStoreDBClient) => StreamingRead<{ readonly event?: ReadRecord }>;

/** After a lost connection or a change of leader; the client connects anew in between. */
const PAUSES_MS = [20, 100, 300];

export class StoreConnection {
  readonly client: EventStoreDBClient;
  readonly onError: (error: unknown) => void;
  private readonly deadlineMs: number;
  private readonly url: StoreUrl;
  private isVersionKnown = false;

  constructor({ url, connectionName, deadlineMs = 5_000, onError = () => undefined }: StoreConnectionOptions) {
    this.url = urlOf(url);
    this.client = clientFor(this.url, connectionName);
    this.deadlineMs = deadlineMs;
    this.onError = onError;
  }

  /**
   * Given with each call, so that the client uses Append and not BatchAppend: every append then has its own deadline
   * and its own error. The client's BatchAppend fails all pending ones of the process together, and breaks when one
   * is answered after that.
   */
  get appendOptions() {
    // Without TLS the client sends none, whatever they are; a client certificate stands for them.
    const credentials = this.url.credentials ?? (this.url.isTls ? undefined : { username: '', password: '' });
    return { requiresLeader: true, deadline: this.deadlineMs, ...(credentials && { credentials }) };
  }

  /** Works again after what passes. Rejects with our codes, or with the client's WrongExpectedVersionError. */
  call<T>(work: (client: EventStoreDBClient) => Promise<T>): Promise<T> {
    return this.tried((leftMs) => answeredWithin(leftMs, work(this.client)));
  }

  /** A page of `$all`. */
  async page(read: Reading): Promise<readonly ReadRecord[]> {
    return (await this.streamPage(read)) ?? [];
  }

  /** A page of a stream; undefined when there is no such stream, empty when nothing is left of it. */
  streamPage(read: Reading): Promise<readonly ReadRecord[] | undefined> {
    return this.tried(async (leftMs) => {
      const reading = read(this.client);
      const late = setTimeout(() => reading.destroy(unavailable(`no page within ${String(leftMs)} ms`)), leftMs);
      const records: ReadRecord[] = [];
      try {
        for await (const { event } of reading) {
          late.refresh();
          if (event !== undefined) records.push(event);
        }
      } catch (error) {
        reading.cancel().catch(() => undefined); // it may never have begun
        if (error instanceof StreamNotFoundError) return undefined;
        throw error;
      } finally {
        clearTimeout(late);
      }
      return records;
    });
  }

  /** What a fault is, once it is known whether TLS is behind it. */
  async explained(error: unknown): Promise<DomainError> {
    const fault = faultOf(error);
    return isPassing(fault) ? ((await tlsMistake(this.url)) ?? fault) : fault;
  }

  async close(): Promise<void> {
    await this.client.dispose();
  }

  private async tried<T>(work: (leftMs: number) => Promise<T>): Promise<T> {
    const end = performance.now() + this.deadlineMs;
    for (let attempt = 0; ; attempt += 1) {
      const leftMs = () => Math.max(1, Math.ceil(end - performance.now()));
      try {
        if (!this.isVersionKnown) await this.requireVersion(leftMs());
        return await work(leftMs());
      } catch (error) {
        if (error instanceof WrongExpectedVersionError) throw error;
        const fault = faultOf(error);
        const pauseMs = PAUSES_MS[attempt];
        if (!isPassing(fault)) throw fault;
        if (pauseMs === undefined || performance.now() + pauseMs >= end) throw await this.explained(fault);
        this.onError(fault);
        await pause(pauseMs);
      }
    }
  }

  private async requireVersion(leftMs: number): Promise<void> {
    const old = tooOld(await answeredWithin(leftMs, serverVersionOf(this.client)));
    if (old !== undefined) throw old;
    this.isVersionKnown = true;
  }
}

/** The client gives its calls a deadline, but neither the search for a leader nor the question for the version. */
async function answeredWithin<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable(`no answer within ${String(ms)} ms`)), ms);
  });
  answer.catch(() => undefined); // nobody waits for it once it is late
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function urlOf(given: string): StoreUrl {
  const url = readStoreUrl(given);
  if (url !== undefined) return url;
  throw refused(
    'BRAIN_EVENTSTOREDB_URL cannot be used',
    'write esdb://user:password@host:2113, with ?tls=false where the server has no certificate, and several hosts with commas between them',
  );
}

function clientFor({ text }: StoreUrl, connectionName: string | undefined): EventStoreDBClient {
  const separator = text.includes('?') ? '&' : '?';
  try {
    return EventStoreDBClient.connectionString(
      connectionName === undefined ? text : `${text}${separator}connectionName=${encodeURIComponent(connectionName)}`,
    );
  } catch (error) {
    // The parser's own words repeat the URL, and with it the password.
    const reason = error instanceof Error && !('connectionString' in error) ? ` (${error.message})` : '';
    throw refused(`BRAIN_EVENTSTOREDB_URL cannot be used${reason}`, 'check its options, and the files that it names');
  }
}
