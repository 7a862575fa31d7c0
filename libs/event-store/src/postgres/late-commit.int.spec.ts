import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { eventually } from '@brain/testing';
import { appendTo, collect, follow, newStream, noted } from '../conformance/sample-events.js';
import { START_POSITION } from '../event-store.port.js';
import { settledHead } from '../settled-head.js';
import { eventStoreDatabase, type EventStoreDatabase } from './event-store-database.fixture.js';

const GATE = 4711;

/** Appends to a `slow-` stream stop inside their transaction, with id and position taken, while the gate is shut. */
const SLOW_STREAMS = `
  CREATE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN PERFORM pg_advisory_xact_lock(${String(GATE)}); RETURN NULL; END $$;
  CREATE TRIGGER wait_at_gate AFTER INSERT ON event_store.event
    FOR EACH ROW WHEN (NEW.stream_id LIKE 'slow-%') EXECUTE FUNCTION wait_at_gate();`;

describe('a transaction that took its position early and commits late', () => {
  let database: EventStoreDatabase;
  let gate: PoolClient;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    await database.pool.query(SLOW_STREAMS);
    gate = await database.pool.connect();
  });
  afterAll(async () => {
    gate.release();
    await database.close();
  });

  it('is never skipped by a reader, and nothing behind it is given before it', async () => {
    const { store, another, pool } = database;
    await appendTo(store, newStream(), 'none', noted(1));
    const seen: unknown[] = [];
    const tail = follow(another(), { after: START_POSITION }, (events) => {
      seen.splice(0, seen.length, ...events.map((event) => event.data['n']));
      return events.length === 5;
    });
    await eventually(() => expect(seen).toEqual([1]));

    await gate.query('SELECT pg_advisory_lock($1)', [GATE]);
    const slow = appendTo(store, 'slow-one', 'none', noted(2), noted(3));
    await eventually(async () => {
      const waiting = await pool.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      expect(waiting.rowCount).toBe(1);
    });
    const fast = [await appendTo(another(), newStream(), 'none', noted(4)), await appendTo(another(), newStream(), 'none', noted(5))];

    const whileHeldBack = await collect(store.readAll({ after: START_POSITION }));
    expect(whileHeldBack.map((event) => event.data['n'])).toEqual([1]);
    expect(await store.headPosition()).toBe(whileHeldBack[0]?.position);
    const newest = fast[1]?.events[0]?.position ?? '';
    expect(await store.newestPosition()).toBe(newest);
    expect(await settledHead(store, 0)).toBeUndefined();
    const settled = settledHead(store, 60_000);
    expect(seen).toEqual([1]);

    await gate.query('SELECT pg_advisory_unlock($1)', [GATE]);
    const { events: late } = await slow;
    expect(late[1]?.position.localeCompare(fast[0]?.events[0]?.position ?? '')).toBe(-1);
    expect((await tail).map((event) => event.data['n'])).toEqual([1, 2, 3, 4, 5]);
    expect(await settled).toBe(newest);
  });

  it('is read within milliseconds of its end, not at the next poll', async () => {
    const { open, another } = database;
    const patient = open({ pollMs: 60_000 });
    const after = await patient.headPosition();
    await gate.query('SELECT pg_advisory_lock($1)', [GATE]);
    const slow = appendTo(another(), 'slow-two', 'none', noted(1));
    await appendTo(another(), newStream(), 'none', noted(2));
    const tail = follow(patient, { after }, (events) => events.length === 2);
    await gate.query('SELECT pg_advisory_unlock($1)', [GATE]);
    await slow;
    const start = performance.now();
    expect(await tail).toHaveLength(2);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
