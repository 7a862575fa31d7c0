import type { ClientBase } from 'pg';
import { ADD_GAPS, ADD_OFFSET, FILL_GAPS, FIND_IN_GAPS, LOCK_OFFSET } from './offset.sql.js';

interface Numbered {
  readonly offset: number;
}

/**
 * The records that no earlier delivery wrote. An offset that was passed over (its record went to the dead letters)
 * is remembered as a gap, so that its replay is written although later records are. Locks the partition's row,
 * which makes two members that both hold the partition for a moment wait for each other.
 */
export async function takeFresh<Item extends Numbered>(
  client: ClientBase,
  topic: string,
  partition: number,
  records: readonly Item[],
): Promise<readonly Item[]> {
  const next = await lockOffset(client, topic, partition);
  const ahead = records.filter(({ offset }) => offset >= next);
  await addGaps(client, topic, partition, gapsOf(ahead, next));
  const behind = records.filter(({ offset }) => offset < next);
  if (behind.length === 0) return ahead;
  return [...(await takeFromGaps(client, topic, partition, behind)), ...ahead];
}

/** Pure: the offsets missing before and between the records, as first and last of each stretch. */
export function gapsOf(records: readonly Numbered[], next: number): readonly (readonly [number, number])[] {
  const gaps: [number, number][] = [];
  let expected = next;
  for (const { offset } of records) {
    if (offset > expected) gaps.push([expected, offset - 1]);
    expected = offset + 1;
  }
  return gaps;
}

async function lockOffset(client: ClientBase, topic: string, partition: number): Promise<number> {
  const locked = await client.query<{ next_offset: string }>(LOCK_OFFSET, [topic, partition]);
  if (locked.rows[0] !== undefined) return Number(locked.rows[0].next_offset);
  await client.query(ADD_OFFSET, [topic, partition]);
  return lockOffset(client, topic, partition);
}

async function addGaps(client: ClientBase, topic: string, partition: number, gaps: readonly (readonly [number, number])[]): Promise<void> {
  if (gaps.length === 0) return;
  await client.query(ADD_GAPS, [topic, partition, gaps.map(([first]) => first), gaps.map(([, last]) => last)]);
}

async function takeFromGaps<Item extends Numbered>(
  client: ClientBase,
  topic: string,
  partition: number,
  behind: readonly Item[],
): Promise<readonly Item[]> {
  const asked = [topic, partition, behind.map(({ offset }) => offset)];
  const { rows } = await client.query<Numbered>(FIND_IN_GAPS, asked);
  if (rows.length === 0) return [];
  const missing = new Set(rows.map(({ offset }) => offset));
  await client.query(FILL_GAPS, [topic, partition, [...missing]]);
  return behind.filter(({ offset }) => missing.has(offset));
}
