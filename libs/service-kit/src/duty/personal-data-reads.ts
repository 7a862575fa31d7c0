import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { dataExportedOf, personalDataReadOf, type ActorRef, type PersonalDataRead, type ServiceName } from '@brain/contracts';
import type { Clock } from '../clock.js';
import { newCorrelationId } from '../correlation.js';
import type { KitRequest } from '../request-context.js';
import { clientAddressOf } from './client-address.js';
import { CountedRecords } from './counted-records.js';
import type { DutyRecords } from './duty-records.js';
import { exportFormOf, type ExportForm } from './export-form.js';
import type { PersonalDataMark } from './personal-data.decorator.js';
import { actorRefOf, areaOf, filtersOf, targetOf } from './request-facts.js';

const WINDOW_MS = 5 * 60_000;
/** So many refused reads of one person within a window are recorded one by one. */
const REFUSALS = 60;

type Data = Omit<PersonalDataRead['data'], 'count' | 'since'>;
interface Read {
  readonly actor: ActorRef;
  readonly time: string;
  readonly correlationId: string;
  readonly form: ExportForm | undefined;
  readonly data: Data;
}

/**
 * Who read what of people. A screen that asks the same question again within five minutes is counted; the first is on
 * the record before its answer leaves. An export is always recorded by itself.
 */
export class PersonalDataReads implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly reads: CountedRecords<Read>;

  constructor(
    private readonly service: ServiceName,
    private readonly records: DutyRecords,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.reads = new CountedRecords('personal-data', WINDOW_MS, clock, logger, (read, often) => this.write(read, often));
  }

  onApplicationBootstrap(): void {
    this.reads.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.reads.stop();
  }

  /** Settles when it is durable. */
  async given(request: KitRequest, mark: PersonalDataMark, records: number | null): Promise<void> {
    const read = this.readOf(request, mark, { records, result: 'given', code: null });
    if (mark.inPieces) return this.reads.take(read, { bucket: `pieces ${read.actor.id} ${mark.kind}`, key: '', allowance: 1 });
    if (read.form !== undefined) return this.write(read, { count: 1, since: read.time });
    const question = JSON.stringify([read.actor.id, read.data.address, request.path, withoutTime(request.query)]);
    await this.reads.take(read, { bucket: question, key: '', allowance: 1 });
  }

  /** A store that is away does not turn a refusal into something else. */
  async refused(request: KitRequest, mark: PersonalDataMark, code: string): Promise<void> {
    const read = this.readOf(request, mark, { records: 0, result: 'refused', code });
    try {
      await this.reads.take(read, { bucket: `refused ${read.actor.id}`, key: `${mark.kind} ${code}`, allowance: REFUSALS });
    } catch (error) {
      this.logger.error({ err: error }, 'a refused read is not on the record yet');
      this.reads.keep(read);
    }
  }

  private async write({ data, form, ...about }: Read, often: { readonly count: number; readonly since: string }): Promise<void> {
    const circumstances = { ...about, areaCode: data.areaCode ?? undefined };
    const whole = { ...data, ...often };
    if (form === undefined) await this.records.add(personalDataReadOf[this.service], whole, circumstances);
    else await this.records.add(dataExportedOf[this.service], { ...whole, form }, circumstances);
  }

  private readOf(request: KitRequest, { kind, takenAs }: PersonalDataMark, answer: Pick<Data, 'records' | 'result' | 'code'>): Read {
    return {
      actor: actorRefOf(request),
      time: request.receivedAt ?? this.clock.now(),
      correlationId: request.correlationId ?? newCorrelationId(),
      form: takenAs ?? exportFormOf(request.headers.accept),
      data: { kind, target: targetOf(request), filters: filtersOf(request), areaCode: areaOf(request), address: clientAddressOf(request), ...answer },
    };
  }
}

/** A screen that follows the clock asks for a new span each time: that is the same question. */
function withoutTime(query: KitRequest['query']): readonly unknown[] {
  return Object.entries(query).filter(([name]) => !['from', 'to', 'at'].includes(name));
}
