import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Logger } from 'pino';
import type { Actor } from '@brain/auth';
import { areaCode, gatewayPersonalDataReadV1, type PersonalDataKind, type PersonalDataRead, type SocketTopic, type SubscribeRequest } from '@brain/contracts';
import { clientAddressOf, Clock, CountedRecords, DutyRecords, LOGGER, newCorrelationId } from '@brain/service-kit';

const WINDOW_MS = 5 * 60_000;
/** So many refusals of one person within a window are recorded one by one. */
const REFUSALS = 60;

/** What a topic shows of people, as the routes that show the same are marked. */
const KIND_OF: Readonly<Record<SocketTopic, PersonalDataKind>> = { alert: 'alert', case: 'case', workload: 'workload', device: 'device', reading: 'device' };

interface Read {
  readonly actor: Actor;
  readonly data: Omit<PersonalDataRead['data'], 'count' | 'since'>;
}

/**
 * Who follows what of people: one record per kind and subscription, not one per change. A line that breaks and comes
 * back within five minutes is the same subscription, and counted.
 */
@Injectable()
export class SubscriptionRecords implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly reads: CountedRecords<Read>;

  constructor(
    records: DutyRecords,
    clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.reads = new CountedRecords('subscriptions', WINDOW_MS, clock, logger, ({ actor, data }, often) =>
      records.add(gatewayPersonalDataReadV1, { ...data, ...often }, {
        actor: { type: 'user', id: actor.id },
        time: clock.now(),
        correlationId: newCorrelationId(),
        areaCode: data.areaCode ?? undefined,
      }),
    );
  }

  onApplicationBootstrap(): void {
    this.reads.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.reads.stop();
  }

  /** Settles when it is durable, or counted: nothing is shown before. */
  async given(actor: Actor, request: SubscribeRequest, from: IncomingMessage): Promise<void> {
    for (const read of readsOf(actor, request, from, { records: null, result: 'given', code: null })) {
      const { address, kind } = read.data;
      await this.reads.take(read, { bucket: JSON.stringify([actor.id, address, kind, [...request.areas].sort()]), key: '', allowance: 1 });
    }
  }

  /** Never throws: a store that is away does not turn a refusal into something else. */
  async refused(actor: Actor, request: SubscribeRequest, code: string, from: IncomingMessage): Promise<void> {
    for (const read of readsOf(actor, request, from, { records: 0, result: 'refused', code })) {
      try {
        await this.reads.take(read, { bucket: `refused ${actor.id}`, key: `${read.data.kind} ${code}`, allowance: REFUSALS });
      } catch (error) {
        this.logger.error({ err: error }, 'a refused subscription is not on the record yet');
        this.reads.keep(read);
      }
    }
  }
}

function readsOf(actor: Actor, { areas, topics }: SubscribeRequest, from: IncomingMessage, answer: Pick<Read['data'], 'records' | 'result' | 'code'>): readonly Read[] {
  const only = areas.length === 1 ? areaCode.safeParse(areas[0]).data : undefined;
  const about = { target: null, filters: ['areas', 'topics'], areaCode: only ?? null, address: clientAddressOf(from), ...answer };
  return [...new Set(topics.map((topic) => KIND_OF[topic]))].map((kind) => ({ actor, data: { kind, ...about } }));
}
