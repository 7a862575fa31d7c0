export const LOCK_OFFSET = `SELECT next_offset FROM ingest_offset WHERE topic = $1 AND partition = $2 FOR UPDATE`;

export const ADD_OFFSET = `INSERT INTO ingest_offset (topic, partition, next_offset) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`;

/** $1 topic, $2 partition, $3 offsets below the saved one → those among them that were never consumed. */
export const FIND_IN_GAPS = `
  SELECT given.offset::float8 AS offset
  FROM unnest($3::bigint[]) AS given("offset")
  JOIN ingest_gap AS gap ON gap.topic = $1 AND gap.partition = $2 AND given.offset BETWEEN gap.first_offset AND gap.last_offset`;

/** $1 topic, $2 partition, $3..$4 first and last offset of each new gap. */
export const ADD_GAPS = `
  INSERT INTO ingest_gap (topic, partition, first_offset, last_offset)
  SELECT $1, $2, * FROM unnest($3::bigint[], $4::bigint[])`;

/** Takes the offsets $3 out of their gaps: what is left of a gap stays, in up to two pieces per offset. */
export const FILL_GAPS = `
  WITH taken AS (
    DELETE FROM ingest_gap AS gap
    WHERE topic = $1 AND partition = $2
      AND EXISTS (SELECT FROM unnest($3::bigint[]) AS o WHERE o BETWEEN gap.first_offset AND gap.last_offset)
    RETURNING first_offset, last_offset
  ), edges AS (
    SELECT edge.o, lead(edge.o) OVER (PARTITION BY first_offset ORDER BY edge.o) AS next
    FROM taken CROSS JOIN LATERAL (
      SELECT first_offset - 1 AS o UNION ALL SELECT last_offset + 1
      UNION ALL SELECT given FROM unnest($3::bigint[]) AS given WHERE given BETWEEN first_offset AND last_offset
    ) AS edge
  )
  INSERT INTO ingest_gap (topic, partition, first_offset, last_offset)
  SELECT $1, $2, o + 1, next - 1 FROM edges WHERE next - 1 >= o + 1`;
