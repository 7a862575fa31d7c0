import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoredEvent } from '@brain/contracts';
import type { TempDir } from '@brain/testing';
import { NOTED, STRUCK } from '../conformance/sample-events.js';
import { inSchema } from '../migrations/in-schema.js';
import { migrate } from '../migrations/migrate.js';
import { eventStoreDatabase, type EventStoreDatabase } from '../postgres/event-store-database.fixture.js';
import { applyEvents } from '../projections/apply-events.js';
import { foldRows, type FoldedRows } from '../projections/fold-rows.js';
import { migrationsFolder } from '../projections/sample-projections.fixture.js';
import type { Projection } from '../projection.port.js';

const schema = 'leaves';
const LEAF = `(leaf_id text PRIMARY KEY, tags text[] NOT NULL, seen timestamptz, view jsonb NOT NULL)`;
const TABLES = `
  CREATE TABLE leaf ${LEAF}; SELECT keep_past('leaf', 'leaf_id');
  CREATE TABLE leaf_in_turn ${LEAF}; SELECT keep_past('leaf_in_turn', 'leaf_id');`;

interface Leaf {
  readonly tags: readonly string[];
  readonly seen: string | null;
  readonly words: readonly string[];
}

const leaves = (table: string): FoldedRows<Leaf> => ({
  table,
  key: 'leaf_id',
  idOf: ({ streamId }) => streamId,
  async read(sql, ids) {
    const { rows } = await sql.query<{ leaf_id: string; view: Leaf }>(`SELECT leaf_id, view FROM ${table} WHERE leaf_id = ANY ($1)`, [ids]);
    return new Map(rows.map((row) => [row.leaf_id, row.view]));
  },
  fold(leaf, { data }) {
    const word = String(data['word']);
    return word === 'nothing' ? leaf : { tags: [word, 'it "is", {so}'], seen: word === 'c' ? null : '2026-03-01T08:00:00Z', words: [...(leaf?.words ?? []), word].slice(-2) };
  },
  row: (leaf, { streamId }) => ({ leaf_id: streamId, tags: leaf.tags, seen: leaf.seen, view: leaf }),
  besides: {
    isOf: ({ type }) => type === STRUCK,
    write: async (sql, { streamId }) => {
      await sql.query(`UPDATE ${table}_past SET view = '{"struck": true}' WHERE leaf_id = $1`, [streamId]);
    },
  },
});

const projectionOf = (table: string): Projection => ({
  name: table,
  tables: [table],
  past: [table],
  types: [NOTED, STRUCK],
  from: { topics: ['sample.events'] },
  apply: (sql, stored) => foldRows(sql, [stored], leaves(table), () => Promise.resolve()),
  applyMany: (sql, events, each) => foldRows(sql, events, leaves(table), each),
});

const minute = fc.integer({ min: 0, max: 59 }).map((n) => `2026-03-01T08:${String(n).padStart(2, '0')}:00.000Z`);
const anEvent = fc
  .record({ streamId: fc.constantFrom('x', 'y', 'z'), word: fc.constantFrom('a', 'b', 'c', 'nothing'), recorded: minute, occurred: minute, isStruck: fc.integer({ max: 9 }).map((n) => n === 9) })
  .map(({ streamId, word, recorded, occurred, isStruck }) => (revision: number) => ({
    ...{ eventId: '', streamId, revision, position: '', type: isStruck ? STRUCK : NOTED, data: { word }, recordedAt: recorded },
    metadata: { source: 'sample', time: occurred, correlationId: '', causationId: '', actor: { type: 'system' as const, id: 'test' } },
  }) satisfies StoredEvent);

describe('many states of the rows of a table', () => {
  let database: EventStoreDatabase;
  let folder: TempDir;
  beforeAll(async () => {
    database = await eventStoreDatabase();
    folder = await migrationsFolder({ '0001-leaf.sql': TABLES });
    const client = await database.pool.connect();
    await migrate(client, schema, folder.path);
    client.release();
  });
  afterAll(async () => {
    await folder.remove();
    await database.close();
  });

  const applied = async (table: string, batches: readonly (readonly StoredEvent[])[]) => {
    const client = await database.pool.connect();
    try {
      for (const events of batches) await inSchema(client, schema, () => applyEvents(client, projectionOf(table), events));
      const of = async (name: string) => (await client.query<object>(`SELECT * FROM ${schema}.${name} AS row ORDER BY row::text`)).rows;
      return { now: await of(table), past: await of(`${table}_past`) };
    } finally {
      client.release();
    }
  };

  it('leave the same rows and the same past as each in its turn, late ones, repeats and a clock that goes back among them', async () => {
    const batches = fc.array(fc.array(anEvent, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, async (drawn) => {
        let revision = 0;
        const events = drawn.map((batch) => batch.map((make) => make(revision++)));
        await database.pool.query(`TRUNCATE ${schema}.leaf, ${schema}.leaf_past, ${schema}.leaf_in_turn, ${schema}.leaf_in_turn_past`);
        const together = await applied('leaf', events);
        const inTurn = await applied('leaf_in_turn', events.flat().map((event) => [event]));
        expect(together).toEqual(inTurn);
      }),
      { numRuns: 150 },
    );
  });
});
