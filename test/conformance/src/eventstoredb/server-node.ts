import { setTimeout as pause } from 'node:timers/promises';
import type { Metadata } from '@grpc/grpc-js';
import type { RecordLog } from './record-log.js';
import { notLeader, serverNotReady, unauthenticated } from './rpc-errors.js';

/** What a test may do to a server. */
export interface Faults {
  /** Before each answer. */
  delayMs: number;
  /** Answers that it is starting. */
  isNotReady: boolean;
  /** A live subscription that is behind by more than this is ended, as a real server does. */
  liveBuffer: number;
  /** So many appends are written, and their answers lost. */
  answersToLose: number;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** One node: the log it shares with the others, who leads, and how it fails. */
export class ServerNode {
  readonly faults: Faults = { delayMs: 0, isNotReady: false, liveBuffer: Infinity, answersToLose: 0 };
  /** Pages that were asked for, events that were given in them, and events that subscriptions looked at. */
  /** Live subscriptions that were ended because their client was too slow. */
  tooSlow = 0;
  readonly reads = { calls: 0, events: 0, followed: 0 };
  /** Aborted when the node stops to lead: subscriptions that require a leader end. */
  private demotion = new AbortController();
  private leader: Endpoint | undefined;

  constructor(
    readonly log: RecordLog,
    readonly maxAppendSize: number,
    /** Absent: anybody may do anything. */
    private readonly users: Readonly<Record<string, string>> | undefined,
  ) {}

  /** Undefined: this one leads. */
  follow(leader: Endpoint | undefined): void {
    this.leader = leader;
    if (leader === undefined) this.demotion = new AbortController();
    else this.demotion.abort();
  }

  get isLeader(): boolean {
    return this.leader === undefined;
  }

  get demoted(): AbortSignal {
    return this.demotion.signal;
  }

  /** Rejects what this node does not answer now, or not to this caller. */
  async admit(headers: Metadata): Promise<void> {
    if (this.faults.delayMs > 0) await pause(this.faults.delayMs);
    if (this.faults.isNotReady) throw serverNotReady();
    this.requireUser(headers);
    this.requireLeader(headers);
  }

  requireLeader(headers: Metadata): void {
    if (this.leader !== undefined && headers.get('requires-leader')[0] === 'true') throw notLeader(this.leader);
  }

  private requireUser(headers: Metadata): void {
    if (this.users === undefined) return;
    const [, encoded = ''] = /^Basic (.+)$/.exec(String(headers.get('authorization')[0] ?? '')) ?? [];
    const [, name = '', password] = /^([^:]*):(.*)$/.exec(Buffer.from(encoded, 'base64').toString()) ?? [];
    if (password === undefined || this.users[name] !== password) throw unauthenticated();
  }
}
