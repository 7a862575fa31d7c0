import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { Server } from 'socket.io';
import type { Actor } from '@brain/auth';
import { SOCKET_NAMESPACE, type Change, type Snapshot } from '@brain/contracts';
import { LOGGER, Metrics } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { trueAddressOf, type IsTrusted } from '../front-door/true-address.js';
import { SessionTokens } from '../sign-in/session-tokens.js';
import { SignInRecords } from '../sign-in/sign-in-records.js';
import { Channels, type Audience } from './channels.js';
import type { Channel } from './domain/channel.js';
import { endConnection, type EndCode } from './end-connection.js';
import type { OperationsServer, OperationsSocket } from './operations-socket.js';
import { socketSignIn } from './socket-sign-in.js';
import { Subscribing } from './subscribing.js';
import { SubscriptionLimits } from './subscription-limits.js';

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
    private readonly subscribing: Subscribing,
    private readonly limits: SubscriptionLimits,
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
    operations.use(socketSignIn(this.sessions, this.signIns, this.limits));
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
    for (const socket of this.socketsOf(channel)) this.end(socket, 'CHANNEL_ENDED');
  }

  private welcome(socket: OperationsSocket): void {
    socket.on('subscribe', (request, acknowledge) => {
      if (typeof acknowledge !== 'function') return;
      this.subscribing.take(socket, request, acknowledge);
      this.dropIfSlow(socket);
    });
    const { id } = socket.data.signedIn.actor;
    this.limits.joined(id);
    socket.on('disconnect', () => {
      this.limits.left(id);
      this.subscribing.part(socket);
    });
  }

  /** A client that cannot keep up is let go; it connects again and resumes, or looks afresh. */
  private dropIfSlow(socket: OperationsSocket): void {
    if (socket.data.isEnding || socket.data.backlog.size <= this.config.GATEWAY_SOCKET_BACKLOG) return;
    this.dropped.inc();
    this.logger.warn({ socket: socket.id, waiting: socket.data.backlog.size }, 'client too slow, connection closed');
    this.end(socket, 'CLIENT_TOO_SLOW');
  }

  /** Ends channels nobody came back to, and connections whose time has run out. */
  private keepHouse(): void {
    this.channels.removeIdle();
    this.limits.forgetRested();
    this.sessions.forgetExpired();
    this.closeEnded();
  }

  /** Ends connections whose sign-in has ended or now allows something else. */
  private closeEnded(): void {
    for (const socket of this.server?.of(SOCKET_NAMESPACE).sockets.values() ?? []) {
      if (!this.staysWelcome(socket)) this.end(socket, 'SIGN_IN_ENDED');
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

  private end(socket: OperationsSocket, code: EndCode): void {
    if (socket.data.isEnding) return;
    socket.data.isEnding = true;
    this.subscribing.part(socket);
    endConnection(socket, code);
  }
}

function hasSameRights(one: Actor, other: Actor): boolean {
  const rights = ({ roles, areaCodes }: Actor) => JSON.stringify([[...roles].sort(), [...areaCodes].sort()]);
  return rights(one) === rights(other);
}
