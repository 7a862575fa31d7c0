import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ClientBase } from 'pg';
import type { StoredEvent } from '@brain/contracts';
import type { TempDir } from '@brain/testing';
import { NOTED, STRUCK } from '../conformance/sample-events.js';
import { inSchema } from '../migrations/in-schema.js';
import { migrate } from '../migrations/migrate.js';
import { eventStoreDatabase, type EventStoreDatabase } from '../postgres/event-store-database.fixture.js';
import { applyEvents } from '../projections/apply-events.js';
import type { FoldedRows } from '../projections/fold-rows.js';
import { foldedTable } from '../projections/folded-table.js';
import { migrationsFolder } from '../projections/sample-projections.fixture.js';
import type { Projection } from '../projection.port.js';
import { FoldedRowsFilling } from '../rebuild/fill/fill-folded-rows.js';

const schema = 'leaves';
const LEAF = `(leaf_id text PRIMARY KEY, tags text[] NOT NULL, seen timestamptz, view jsonb NOT NULL)`;
const LEAVES = ['leaf', 'leaf_in_turn', 'leaf_filled'] as const;
const TABLES = LEAVES.map((name) => `CREATE TABLE ${name} ${LEAF}; SELECT keep_past('${name}', 'leaf_id');`).join('\n');

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
  types: [NOTED, STRUCK],
  from: { topics: ['sample.events'] },
  ...foldedTable(leaves(table)),
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

  const written = async (table: string, write: (inTransaction: (work: (sql: ClientBase) => Promise<void>) => Promise<void>) => Promise<void>) => {
    const client = await database.pool.connect();
    try {
      await write((work) => inSchema(client, schema, () => work(client)));
      const of = async (name: string) => (await client.query<object>(`SELECT * FROM ${schema}.${name} AS row ORDER BY row::text`)).rows;
      return { now: await of(table), past: await of(`${table}_past`) };
    } finally {
      client.release();
    }
  };

  const applied = (table: string, batches: readonly (readonly StoredEvent[])[]) =>
    written(table, async (inTransaction) => {
      for (const events of batches) await inTransaction((sql) => applyEvents(sql, projectionOf(table), events));
    });

  const filled = (table: string, batches: readonly (readonly StoredEvent[])[]) =>
    written(table, async (inTransaction) => {
      const filling = new FoldedRowsFilling(leaves(table), 2);
      for (const events of batches) await inTransaction((sql) => filling.add(sql, events));
      await inTransaction((sql) => filling.end(sql));
    });

  it('leave the same rows and the same past as each in its turn, late ones, repeats and a clock that goes back among them', async () => {
    const batches = fc.array(fc.array(anEvent, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(batches, async (drawn) => {
        let revision = 0;
        const events = drawn.map((batch) => batch.map((make) => make(revision++)));
        await database.pool.query(`TRUNCATE ${LEAVES.map((name) => `${schema}.${name}, ${schema}.${name}_past`).join(', ')}`);
        const together = await applied('leaf', events);
        const inTurn = await applied('leaf_in_turn', events.flat().map((event) => [event]));
        expect(together).toEqual(inTurn);
        expect(await filled('leaf_filled', events)).toEqual(inTurn);
      }),
      { numRuns: 150 },
    );
  });
});
