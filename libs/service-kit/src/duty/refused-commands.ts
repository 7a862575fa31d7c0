import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { commandRefusedOf, type ActorRef, type CommandRefused, type ServiceName } from '@brain/contracts';
import type { Clock } from '../clock.js';
import { newCorrelationId } from '../correlation.js';
import type { KitRequest } from '../request-context.js';
import { clientAddressOf } from './client-address.js';
import { CountedRecords } from './counted-records.js';
import type { DutyRecords } from './duty-records.js';
import { actorRefOf, areaOf, routeOf, targetOf } from './request-facts.js';

const WINDOW_MS = 60_000;
/** So many refusals of one person within a minute are recorded one by one; who has no sign-in is one person. */
const ALLOWANCE = 60;
const COMMANDS = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

interface Refusal {
  readonly actor: ActorRef;
  readonly time: string;
  readonly correlationId: string;
  readonly data: Omit<CommandRefused['data'], 'count' | 'since'>;
}

/** Every command over HTTP that was refused goes on the record: who, what and why. Signing in has records of its own. */
export class RefusedCommands implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly refusals: CountedRecords<Refusal>;

  constructor(
    service: ServiceName,
    records: DutyRecords,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.refusals = new CountedRecords('refused-commands', WINDOW_MS, clock, logger, ({ data, ...about }, { count, since }) =>
      records.add(
        commandRefusedOf[service],
        { ...data, target: count > 1 ? null : data.target, count, since },
        { ...about, areaCode: data.areaCode ?? undefined },
      ),
    );
  }

  onApplicationBootstrap(): void {
    this.refusals.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.refusals.stop();
  }

  /** Settles when it is durable, or counted. A store that is away does not turn a refusal into something else. */
  async note(request: KitRequest, code: string, status: number, areaCode?: string): Promise<void> {
    if (!COMMANDS.has(request.method) || !/^\/api\/(?!auth\/)/.test(request.path) || status < 400 || status > 499) return;
    const refusal = this.refusalOf(request, code, status, areaCode);
    try {
      const { actor, data } = refusal;
      await this.refusals.take(refusal, { bucket: actor.id, key: `${data.command} ${code}`, allowance: ALLOWANCE });
    } catch (error) {
      this.logger.error({ err: error }, 'a refused command is not on the record yet');
      this.refusals.keep(refusal);
    }
  }

  private refusalOf(request: KitRequest, code: string, status: number, areaCode?: string): Refusal {
    return {
      actor: actorRefOf(request),
      time: request.receivedAt ?? this.clock.now(),
      correlationId: request.correlationId ?? newCorrelationId(),
      data: {
        command: `${request.method} ${routeOf(request) ?? '/api'}`,
        target: targetOf(request),
        areaCode: areaOf(request) ?? areaCode ?? null,
        code,
        status,
        address: clientAddressOf(request),
      },
    };
  }
}
