import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import { coversArea, type Actor } from '@brain/auth';
import { SOCKET_NAMESPACE, subscribeRequest, type Change, type Snapshot, type SubscribeAck } from '@brain/contracts';
import { LOGGER, Metrics } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { trueAddressOf, type IsTrusted } from '../front-door/true-address.js';
import { SessionTokens } from '../sign-in/session-tokens.js';
import { SignInRecords } from '../sign-in/sign-in-records.js';
import { Channels, type Audience } from './channels.js';
import type { Channel } from './domain/channel.js';
import { refusalOf, subscriptionOf } from './domain/subscription.js';
import { LiveChanges } from './live-changes.js';
import type { OperationsServer, OperationsSocket } from './operations-socket.js';
import { socketSignIn } from './socket-sign-in.js';
import { SubscriptionRecords } from './subscription-records.js';

const HOUSEKEEPING_MS = 10_000;

/** The live door: one room per channel, so a change is encoded once for all who follow the same thing. */
@Injectable()
export class OperationsGateway implements OnApplicationBootstrap, OnModuleDestroy, Audience {
  private server: OperationsServer | undefined;
  private housekeeping: NodeJS.Timeout | undefined;
  private readonly told;
  private readonly dropped;

  constructor(
    private readonly http: HttpAdapterHost,
    private readonly sessions: SessionTokens,
    private readonly channels: Channels,
    private readonly changes: LiveChanges,
    private readonly records: SubscriptionRecords,
    private readonly signIns: SignInRecords,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    metrics: Metrics,
  ) {
    this.told = metrics.counter('brain_socket_changes_total', 'Changes told to channels', ['topic']);
    this.dropped = metrics.counter('brain_socket_slow_clients_total', 'Connections closed because the client was too slow');
  }

  onApplicationBootstrap(): void {
    // Other paths of the port have their own upgrade handler: Socket.IO must not close their connections.
    this.server = new Server(this.http.httpAdapter.getHttpServer() as HttpServer, {
      destroyUpgrade: false,
      serveClient: false,
      maxHttpBufferSize: 64 * 1024,
    });
    const isTrusted = this.http.httpAdapter.getInstance<Express>().get('trust proxy fn') as IsTrusted;
    this.server.engine.use((request: IncomingMessage, _: unknown, next: () => void) => {
      // Over whatever the caller wrote there, as the front door does.
      request.headers['x-forwarded-for'] = trueAddressOf(request, isTrusted);
      next();
    });
    // Socket.IO always has this one; it is nobody's.
    this.server.use((_, next) => next(new Error('Invalid namespace')));
    const operations = this.server.of(SOCKET_NAMESPACE);
    operations.use(socketSignIn(this.sessions, this.signIns));
    operations.on('connection', (socket) => this.welcome(socket));
    this.channels.heardBy(this);
    this.sessions.whenEnded(() => this.closeEnded());
    this.housekeeping = setInterval(() => this.keepHouse(), HOUSEKEEPING_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.housekeeping);
    await this.server?.close();
  }

  hear(channel: Channel, change: Change): void {
    const room = this.room(channel);
    room?.emit('change', change);
    this.told.inc({ topic: change.topic });
    for (const socket of this.socketsOf(channel)) this.dropIfSlow(socket);
  }

  show(channel: Channel, snapshot: Snapshot): void {
    this.room(channel)?.emit('snapshot', snapshot);
  }

  leave(channel: Channel): void {
    for (const socket of this.socketsOf(channel)) socket.conn.close(true);
  }

  private welcome(socket: OperationsSocket): void {
    socket.on('subscribe', (request, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      this.subscribe(socket, request, acknowledge).catch((error: unknown) => {
        acknowledge({ ok: false, code: 'SERVICE_UNAVAILABLE', detail: 'Try again' });
        this.failed(error, [socket]);
      });
    });
    socket.on('disconnect', () => this.part(socket));
  }

  private async subscribe(socket: OperationsSocket, request: unknown, acknowledge: (ack: SubscribeAck) => void): Promise<void> {
    const parsed = subscribeRequest.safeParse(request);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      acknowledge({ ok: false, code: 'VALIDATION_FAILED', detail: issue?.message ?? 'is not valid', path: issue?.path.join('.') ?? '' });
      return;
    }
    const { actor } = socket.data.signedIn;
    const refusal = refusalOf(parsed.data, actor.roles, (code) => coversArea(actor, code));
    if (refusal !== undefined) {
      await this.records.refused(actor, parsed.data, refusal.code, socket.request);
      acknowledge({ ok: false, ...refusal });
      return;
    }
    await this.records.given(actor, parsed.data, socket.request);
    await this.changes.join(subscriptionOf(parsed.data), async (channel, snapshot) => {
      this.part(socket);
      const { lastSeq } = socket.data;
      socket.data.lastSeq = undefined;
      const missed = lastSeq === undefined ? undefined : channel.since(lastSeq);
      const fresh = missed === undefined ? await snapshot() : undefined;
      if (!socket.connected) {
        this.channels.leave(channel);
        return;
      }
      acknowledge({ ok: true, seq: channel.seq, resumed: missed !== undefined });
      if (fresh !== undefined) socket.emit('snapshot', fresh);
      for (const change of missed ?? []) socket.emit('change', change);
      socket.data.channel = channel;
      await socket.join(channel.subscription.key);
    });
  }

  private part(socket: OperationsSocket): void {
    const { channel } = socket.data;
    if (channel === undefined) return;
    socket.data.channel = undefined;
    void socket.leave(channel.subscription.key);
    this.channels.leave(channel);
  }

  /** A client that cannot keep up is let go; it connects again and resumes, or looks afresh. */
  private dropIfSlow(socket: OperationsSocket): void {
    if (socket.data.backlog.size <= this.config.GATEWAY_SOCKET_BACKLOG) return;
    this.dropped.inc();
    this.logger.warn({ socket: socket.id, waiting: socket.data.backlog.size }, 'client too slow, connection closed');
    socket.conn.close(true);
  }

  /** Ends channels nobody came back to, and connections whose time has run out. */
  private keepHouse(): void {
    this.channels.removeIdle();
    this.sessions.forgetExpired();
    this.closeEnded();
  }

  /** Ends connections whose sign-in has ended or now allows something else. */
  private closeEnded(): void {
    for (const socket of this.server?.of(SOCKET_NAMESPACE).sockets.values() ?? []) {
      if (!this.staysWelcome(socket)) socket.conn.close(true);
    }
  }

  private staysWelcome(socket: OperationsSocket): boolean {
    try {
      const now = this.sessions.current(socket.data.signedIn);
      if (!hasSameRights(now.actor, socket.data.signedIn.actor)) return false;
      socket.data.signedIn = now;
      return true;
    } catch {
      return false;
    }
  }

  private room(channel: Channel) {
    return this.server?.of(SOCKET_NAMESPACE).to(channel.subscription.key);
  }

  private socketsOf(channel: Channel): readonly OperationsSocket[] {
    const namespace = this.server?.of(SOCKET_NAMESPACE);
    const ids = namespace?.adapter.rooms.get(channel.subscription.key) ?? new Set<string>();
    return [...ids].flatMap((id) => namespace?.sockets.get(id) ?? []);
  }

  /** What a screen shows may now be wrong: it has to connect again. */
  private failed(error: unknown, sockets: readonly OperationsSocket[]): void {
    this.logger.error({ err: error }, 'a screen could not be served');
    for (const socket of sockets) socket.conn.close(true);
  }
}

function hasSameRights(one: Actor, other: Actor): boolean {
  const rights = ({ roles, areaCodes }: Actor) => JSON.stringify([[...roles].sort(), [...areaCodes].sort()]);
  return rights(one) === rights(other);
}
