import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@brain/contracts';
import type { EventStore, RebuildOptions, ReplayComposition } from '@brain/event-store';
import { reachOf, type Reach } from './replay-reach.fixture.js';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
/** Contracts and shapes are data and arithmetic: no driver, no framework, nothing of Node (its lint rules say so). */
const WHOLE = ['@brain/contracts', '@brain/geo', '@brain/event-store/pure', 'zod'];
/** Of the store's library only what turns one value into another. */
const OF_EVENT_STORE = ['createEventCodec', 'erasedData', 'subjectsOf', 'wireNameOf', 'foldedTable', 'insertedTable', 'DomainError'];

const replayOf = (service: string) => path.join(ROOT, 'services', service, 'src/replay.ts');

/** What a replay has no use for unless it wants to act. */
function handsOf({ taken, globals }: Reach): readonly string[] {
  const allowed = (from: string, name: string) => WHOLE.includes(from) || (from === '@brain/event-store' && OF_EVENT_STORE.includes(name));
  return [...taken.filter(({ from, name }) => !allowed(from, name)), ...globals].map(({ file, from, name }) => `${path.relative(ROOT, file)}: ${name} of ${from}`);
}

/** As if `line` stood in the file that ends so. */
function planted(ending: string, line: string): (file: string) => string {
  return (file) => (file.endsWith(ending) ? `${line}\n` : '') + readFileSync(file, 'utf8');
}

describe.each(SERVICES)('the replay of %s', (service) => {
  it('can lay hands on nothing that sends, publishes, appends, notifies or asks the outside', () => {
    const reach = reachOf(replayOf(service));
    expect(handsOf(reach)).toEqual([]);
    expect(reach.files.length).toBeGreaterThan(1);
  });
});

describe('the test of that', () => {
  const alerting = (line: string, into = 'alert-view.ts') => handsOf(reachOf(replayOf('alerting'), planted(into, line)));

  it.each([
    ["import { KafkaMessageBus } from '@brain/message-bus/kafka';", 'KafkaMessageBus of @brain/message-bus/kafka'],
    ["import { PostgresEventStore } from '@brain/event-store';", 'PostgresEventStore of @brain/event-store'],
    ["import { createTransport as wireNameOf } from '@brain/event-store';", 'createTransport of @brain/event-store'],
    ["import * as store from '@brain/event-store';", '* of @brain/event-store'],
    ["import { request } from 'node:https';", 'request of node:https'],
    ["import '@brain/service-kit';", '* of @brain/service-kit'],
    ["export * from 'pg';", '* of pg'],
    ["const later = import('node:net');", 'import() of global'],
    ["const sql = 'INSERT INTO event_store.event VALUES ($1)';", 'event_store. of global'],
    ["const sql = `SELECT pg_notify($1, $2) FROM ${table}`;", 'pg_notify of global'],
    ["void fetch('http://pager.example');", 'fetch of global'],
  ])('finds %s three files away', (line, found) => {
    expect(alerting(line)).toEqual([`services/alerting/src/alerts/alert-view.ts: ${found}`]);
  });

  it('looks into what a planted import leads to', () => {
    const through = alerting("import { AppModule } from './app.module.js';", 'src/replay.ts');
    expect(through.some((hand) => hand.includes('@nestjs/common'))).toBe(true);
  });

  it('lets types pass: they are gone when the program runs', () => {
    expect(alerting("import type { Pool } from 'pg'; import { type ClientBase } from 'pg';")).toEqual([]);
  });
});

describe('the types of a replay', () => {
  it('have no append, no bus and no tail', () => {
    type StoreOfRebuild = RebuildOptions['store'];
    const reads: Record<keyof StoreOfRebuild, true> = { readAll: true, readStream: true };
    const isGiven: Record<keyof ReplayComposition, true> = { service: true, schema: true, projections: true, personalData: true };
    const cannotAppend: StoreOfRebuild extends EventStore ? false : true = true;
    expect([Object.keys(reads), Object.keys(isGiven), cannotAppend]).toEqual([['readAll', 'readStream'], ['service', 'schema', 'projections', 'personalData'], true]);
  });
});
