import { Controller, type INestApplication, type Type } from '@nestjs/common';
import { EventPattern, MessagePattern, RpcException } from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import { TOPICS } from '@brain/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { throwError, type Observable } from 'rxjs';
import { InMemoryMessageBus } from '../in-memory/in-memory-message-bus.js';
import type { BusRecord, DeliveredRecord } from '../message-bus.port.js';
import { connectBus } from './connect-bus.js';

const record = (key: string): BusRecord => ({ key, headers: {}, value: { key } });
const onePartition = [TOPICS.readings, TOPICS.caseEvents].map((name) => ({ name, partitions: 1 }));

let bus: InMemoryMessageBus;
let app: INestApplication | undefined;
/** What the handlers below were given: `<handler>:<key>#<attempt>`. */
let seen: string[];

beforeEach(() => {
  bus = new InMemoryMessageBus({ topics: onePartition, retry: { attempts: 2, baseMs: 1 } });
  seen = [];
});
afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function start(...controllers: Type[]): Promise<void> {
  const module = await Test.createTestingModule({ controllers }).compile();
  app = module.createNestApplication();
  app.useLogger(false);
  connectBus(app, bus, { service: 'alerting' });
  await app.startAllMicroservices();
}

function see(handler: string, records: readonly DeliveredRecord[]): void {
  for (const { key, attempt } of records) seen.push(`${handler}:${key}#${attempt}`);
}

@Controller()
class BatchHandler {
  @EventPattern(TOPICS.readings, { group: 'batches', batch: 2 })
  handle(records: readonly DeliveredRecord[]): Promise<void> {
    seen.push(records.map(({ key }) => key).join('+'));
    return Promise.resolve();
  }
}

@Controller()
class FailsOnce {
  @EventPattern(TOPICS.readings)
  handle(records: readonly DeliveredRecord[]): Promise<void> {
    see('fails once', records);
    return records[0]?.attempt === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
  }
}

@Controller()
class NeverWorks {
  @EventPattern(TOPICS.readings, { group: 'never' })
  async handle(records: readonly DeliveredRecord[]): Promise<void> {
    see('never', records);
    await Promise.resolve();
    throw new TypeError('the scale is broken');
  }
}

@Controller()
class FailsAsStream {
  @EventPattern(TOPICS.readings, { group: 'stream' })
  handle(records: readonly DeliveredRecord[]): Observable<never> {
    see('stream', records);
    return throwError(() => new RpcException('the stream broke'));
  }
}

@Controller()
class AlsoReadings {
  @EventPattern(TOPICS.readings)
  handle(records: readonly DeliveredRecord[]): Promise<void> {
    see('also', records);
    return Promise.resolve();
  }
}

@Controller()
class Latecomer {
  @EventPattern(TOPICS.readings, { startFrom: 'latest' })
  handle(records: readonly DeliveredRecord[]): Promise<void> {
    see('late', records);
    return Promise.resolve();
  }
}

@Controller()
class Answers {
  @MessagePattern(TOPICS.readings)
  handle(): string {
    return 'hello';
  }
}

@Controller()
class Misspelt {
  @EventPattern(TOPICS.readings, { bach: 10 })
  handle(records: readonly DeliveredRecord[]): void {
    see('misspelt', records);
  }
}

describe('a handler method of a Nest application', () => {
  it('gets batches of its size in order', async () => {
    await start(BatchHandler);
    await bus.publish(TOPICS.readings, [record('a'), record('b'), record('c')]);
    await bus.idle();
    expect(seen).toEqual(['a+b', 'c']);
  });

  it('gets the same records again after its promise rejects', async () => {
    await start(FailsOnce);
    await bus.publish(TOPICS.readings, [record('a'), record('b')]);
    await bus.idle();
    expect(seen).toEqual(['fails once:a#1', 'fails once:a#2', 'fails once:b#1', 'fails once:b#2']);
  });

  it('leaves a dead letter that names the real error', async () => {
    await start(NeverWorks);
    await bus.publish(TOPICS.readings, [record('a')]);
    await bus.idle();
    expect(seen).toEqual(['never:a#1', 'never:a#2']);
    expect(await bus.deadLetters.list()).toMatchObject([
      { group: 'alerting.never', record: record('a'), error: expect.stringContaining('TypeError: the scale is broken') },
    ]);
  });

  it('fails through the stream it returns, too', async () => {
    await start(FailsAsStream);
    await bus.publish(TOPICS.readings, [record('a')]);
    await bus.idle();
    expect(await bus.deadLetters.list()).toMatchObject([{ error: expect.stringContaining('the stream broke') }]);
  });

  it('fails without taking the other handlers of the topic along', async () => {
    await start(NeverWorks, AlsoReadings);
    await bus.publish(TOPICS.readings, [record('a')]);
    await bus.idle();
    expect(seen.filter((line) => line.startsWith('also'))).toEqual(['also:a#1']);
  });

  it('begins with what comes next when it says startFrom latest', async () => {
    await bus.publish(TOPICS.readings, [record('before')]);
    await start(Latecomer);
    await bus.publish(TOPICS.readings, [record('after')]);
    await bus.idle();
    expect(seen).toEqual(['late:after#1']);
  });

  it('gets nothing more once the application is closed', async () => {
    await start(AlsoReadings);
    await app?.close();
    await bus.publish(TOPICS.readings, [record('a')]);
    await bus.idle();
    expect(seen).toEqual([]);
  });
});

describe('the start is refused', () => {
  it('when two handlers of a topic share a group', async () => {
    await expect(start(FailsOnce, AlsoReadings)).rejects.toThrow('share the group alerting');
  });

  it('for a handler that wants to answer', async () => {
    await expect(start(Answers)).rejects.toThrow('use @EventPattern');
  });

  it('for an option that does not exist', async () => {
    await expect(start(Misspelt)).rejects.toThrow('bach');
  });
});
