import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { coversArea } from '@brain/auth';
import { subscribeRequest, type SubscribeAck, type SubscribeRequest } from '@brain/contracts';
import { LOGGER, Metrics } from '@brain/service-kit';
import { Channels } from './channels.js';
import type { Channel } from './domain/channel.js';
import { refusalOf, subscriptionOf } from './domain/subscription.js';
import { endConnection } from './end-connection.js';
import { LiveChanges, type Shown } from './live-changes.js';
import type { OperationsSocket } from './operations-socket.js';
import { SubscriptionLimits } from './subscription-limits.js';
import { SubscriptionRecords } from './subscription-records.js';

/** So many in a row beyond its limit, and a client is not answered any more: it is let go. */
const MOST_LIMITED = 100;

type Answer = (answer: SubscribeAck) => void;

/**
 * What clients ask to follow. Of one connection one subscription is worked on and one waits, the newest; beyond the rate
 * of the connection or of the account nothing is looked at. So no client makes work that others would wait for.
 */
@Injectable()
export class Subscribing {
  private readonly answered;

  constructor(
    private readonly changes: LiveChanges,
    private readonly channels: Channels,
    private readonly records: SubscriptionRecords,
    private readonly limits: SubscriptionLimits,
    @Inject(LOGGER) private readonly logger: Logger,
    metrics: Metrics,
  ) {
    this.answered = metrics.counter('brain_socket_subscriptions_total', 'Subscriptions by answer', ['code']);
  }

  take(socket: OperationsSocket, request: unknown, acknowledge: Answer): void {
    const { data } = socket;
    const answer: Answer = (given) => {
      this.answered.inc({ code: given.ok ? 'OK' : given.code });
      if (!data.isEnding) acknowledge(given);
    };
    if (data.isEnding) return;
    if (!this.limits.allow(data.signedIn.actor.id, data.limiter)) {
      this.limited(socket, answer);
      return;
    }
    data.limited = 0;
    data.subscriptions.offer({
      work: () => this.workOn(socket, request, answer),
      replaced: () => answer({ ok: false, code: 'SUBSCRIPTION_REPLACED', detail: 'A newer subscription of this connection took its place' }),
    });
  }

  part(socket: OperationsSocket): void {
    const { channel } = socket.data;
    if (channel === undefined) return;
    socket.data.channel = undefined;
    void socket.leave(channel.subscription.key);
    this.channels.leave(channel);
  }

  private limited(socket: OperationsSocket, answer: Answer): void {
    const { data } = socket;
    answer({ ok: false, code: 'RATE_LIMITED', detail: 'Too many subscriptions: try again in a moment' });
    data.limited += 1;
    if (data.limited < MOST_LIMITED) return;
    this.logger.warn({ socket: socket.id, account: data.signedIn.actor.id }, 'client subscribes far beyond its limit, connection closed');
    data.isEnding = true;
    this.part(socket);
    endConnection(socket, 'RATE_LIMITED');
  }

  private async workOn(socket: OperationsSocket, request: unknown, answer: Answer): Promise<void> {
    if (!socket.connected) return;
    try {
      await this.subscribe(socket, request, answer);
    } catch (error) {
      this.logger.error({ err: error }, 'a screen could not be served');
      answer({ ok: false, code: 'SERVICE_UNAVAILABLE', detail: 'Try again' });
      socket.data.isEnding = true;
      // What the screen shows may now be wrong: it has to connect again.
      endConnection(socket, 'SERVICE_UNAVAILABLE');
    }
  }

  private async subscribe(socket: OperationsSocket, request: unknown, answer: Answer): Promise<void> {
    const parsed = subscribeRequest.safeParse(request);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      answer({ ok: false, code: 'VALIDATION_FAILED', detail: issue?.message ?? 'is not valid', path: issue?.path.join('.') ?? '' });
      return;
    }
    if (!(await this.isAllowed(socket, parsed.data, answer))) return;
    const { lastSeq } = socket.data;
    socket.data.lastSeq = undefined;
    await this.changes.join(subscriptionOf(parsed.data), lastSeq, (channel, shown) => this.enter(socket, channel, shown, answer));
  }

  /** Nothing is shown before it is on record. */
  private async isAllowed(socket: OperationsSocket, request: SubscribeRequest, answer: Answer): Promise<boolean> {
    const { actor } = socket.data.signedIn;
    const refusal = refusalOf(request, actor.roles, (code) => coversArea(actor, code));
    if (refusal === undefined) {
      await this.records.given(actor, request, socket.request);
      return true;
    }
    await this.records.refused(actor, request, refusal.code, socket.request);
    answer({ ok: false, ...refusal });
    return false;
  }

  /** In one go, so that nothing is told in between: the adapter of one process joins at once. */
  private enter(socket: OperationsSocket, channel: Channel, { snapshot, missed }: Shown, answer: Answer): boolean {
    this.part(socket);
    if (!socket.connected || socket.data.isEnding) return false;
    answer({ ok: true, seq: snapshot?.seq ?? channel.seq, resumed: snapshot === undefined });
    if (snapshot !== undefined) socket.emit('snapshot', snapshot);
    for (const change of missed) socket.emit('change', change);
    socket.data.channel = channel;
    void socket.join(channel.subscription.key);
    return true;
  }
}
