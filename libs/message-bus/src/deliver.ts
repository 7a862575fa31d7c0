import { isPassingFault } from '@brain/contracts';
import type { DeliveredRecord, RetryPolicy } from './message-bus.port.js';
import { pauseAfter } from './retry-policy.js';

export interface Delivery {
  readonly handler: (records: readonly DeliveredRecord[]) => Promise<void>;
  readonly retry: RetryPolicy;
  /** Resolves to false as soon as the delivery must be given up. */
  readonly pause: (ms: number) => Promise<boolean>;
  /** Puts the record away as a dead letter; what came before it is done with. */
  readonly bury: (record: DeliveredRecord, error: unknown) => Promise<void>;
}

/**
 * Delivers until every record is handled or buried. False when it was given up between two attempts: the records
 * stay uncommitted and come again, to whoever owns the partition then. An attempt that failed because an engine was
 * away says nothing about the records and does not count: they wait until it is back.
 */
export async function deliver(records: readonly DeliveredRecord[], delivery: Delivery, earlier = 0): Promise<boolean> {
  const { retry } = delivery;
  let failures = 0;
  for (let attempt = 1; ; attempt += 1) {
    const failure = await attemptOnce(records, earlier + attempt, delivery);
    if (failure === undefined) return true;
    if (!isPassingFault(failure.error)) failures += 1;
    if (failures >= retry.attempts) return isolate(records, earlier + attempt, failure, delivery);
    if (!(await delivery.pause(pauseAfter(attempt, retry)))) return false;
  }
}

/** One bad record must not take its neighbours along. */
async function isolate(records: readonly DeliveredRecord[], earlier: number, failure: Failure, delivery: Delivery): Promise<boolean> {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0) {
    await delivery.bury(only, failure.error);
    return true;
  }
  const once = { ...delivery, retry: { ...delivery.retry, attempts: 1 } };
  for (const record of records) {
    if (!(await delivery.pause(0)) || !(await deliver([record], once, earlier))) return false;
  }
  return true;
}

interface Failure {
  readonly error: unknown;
}

async function attemptOnce(
  records: readonly DeliveredRecord[],
  attempt: number,
  { handler }: Delivery,
): Promise<Failure | undefined> {
  try {
    await handler(records.map((record) => ({ ...record, attempt })));
    return undefined;
  } catch (error) {
    return { error };
  }
}
