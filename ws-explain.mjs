import pg from 'pg'; import { readFileSync } from 'node:fs';
const { databaseUrl } = await import('/tmp/lead6/test/benchmarks/dist/audit/product-database.js');
const c = new pg.Client({ connectionString: await databaseUrl('/tmp/rec1m') }); await c.connect();
const schemas = { case_list: 'case_management', staff: 'case_management', alert_now: 'operations_gateway', device_now: 'operations_gateway', staff_list: 'grid_registry' };
for (const t of process.argv.slice(2)) {
  const { sql, given } = JSON.parse(readFileSync(`/tmp/ws-${t}.json`, 'utf8'));
  const run = async (name, text, values) => { const ts=[]; for (let i=0;i<5;i++){ await c.query('BEGIN'); await c.query(`SET LOCAL search_path=${schemas[t]}`); await c.query("SET LOCAL brain.past TO 'written'"); const s=performance.now(); await c.query(text, values); ts.push(performance.now()-s); await c.query('ROLLBACK'); } ts.sort((a,b)=>a-b); console.log(t, name.padEnd(40), ts[2].toFixed(1), 'ms / 1000'); };
  await run('send only', 'SELECT length($1::text)', [given]);
  await run('json parse', 'SELECT $1::json IS NULL', [given]);
  await run('jsonb parse', 'SELECT $1::jsonb IS NULL', [given]);
  await run('populate recordset', `SELECT count(*), count(g) FROM (SELECT * FROM json_populate_recordset(NULL::${t}, $1::json) OFFSET 0) g`, [given]);
  const rows = JSON.parse(given); const cols = Object.keys(rows[0]);
  await run('populate + insert past', `INSERT INTO ${t}_past (${cols.join(', ')}, recorded_to, occurred_to) SELECT ${cols.join(', ')}, recorded_from, occurred_from FROM json_populate_recordset(NULL::${t}, $1::json)`, [given]);
  await run('whole', sql, [given]);
  if (process.env.EXPLAIN) { await c.query('BEGIN'); await c.query(`SET LOCAL search_path=${schemas[t]}`); await c.query("SET LOCAL brain.past TO 'written'"); const r = await c.query('EXPLAIN (ANALYZE, BUFFERS) '+sql, [given]); await c.query('ROLLBACK'); console.log(r.rows.map(r=>r['QUERY PLAN']).join('\n')); }
}
await c.end();
