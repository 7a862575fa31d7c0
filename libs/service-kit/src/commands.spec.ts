import { Writable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { defineEvent, type EventOf } from '@brain/contracts';
import { createEventCodec, InMemoryEventStore, type Decider } from '@brain/event-store';
import pino from 'pino';
import { z } from 'zod';
import { Commands } from './commands.js';

const noted = defineEvent('audit', 'ThingNoted', 1, z.strictObject({ secret: z.string() }));
const codec = createEventCodec([noted]);
const decider: Decider<boolean, string, EventOf<typeof noted>> = {
  initial: false,
  decide: (secret, isNoted) => (isNoted ? [] : [{ type: 'ThingNoted', data: { secret } }]),
  evolve: () => true,
};
const context = {
  actor: { type: 'system', id: 'test' },
  time: '2026-03-01T10:00:00.000Z',
  correlationId: 'packet-1',
  causationId: 'message-1',
  commandId: 'once',
} as const;

it('a command that recorded something is one log line with the correlation id and without the data', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const logger = pino({}, sink);
  const commands = new Commands(new InMemoryEventStore(), 'audit', logger);
  for (const commandId of ['once', 'once', 'again']) {
    await commands.runFor(codec, decider, 'thing-1', 'hunter2', { ...context, commandId });
  }
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({
      correlationId: 'packet-1',
      causationId: 'message-1',
      streamId: 'thing-1',
      revision: 0,
      events: ['audit.thing-noted.v1'],
      msg: 'recorded',
    }),
  ]);
  expect(lines.join('')).not.toContain('hunter2');
});

it('a person’s command leaves its address in the record, and nothing where none is known', async () => {
  const store = new InMemoryEventStore();
  const commands = new Commands(store, 'audit', pino({ level: 'silent' }));
  const actor = { id: 'ana', username: 'ana', name: 'Ana', roles: ['auditor'], areaCodes: ['*'], staffId: null } as const;
  const request = { actor, correlationId: 'r', causationId: 'r', now: context.time };
  const first = await commands.run(codec, decider, 'thing-1', 'x', { ...request, address: '203.0.113.7' });
  const second = await commands.run(codec, decider, 'thing-2', 'x', { ...request, address: null });
  expect(first.events[0]?.metadata).toMatchObject({ address: '203.0.113.7', actor: { type: 'user', id: 'ana' } });
  expect(second.events[0]?.metadata).not.toHaveProperty('address');
});
