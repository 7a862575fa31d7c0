import { loadEngines } from '@brain/service-kit';
import { alertLatency } from './alert-latency.bench.js';
import { append } from './append.bench.js';
import { audit } from './audit.bench.js';
import { evidence } from './evidence.bench.js';
import { idle } from './idle.bench.js';
import { ingest } from './ingest.bench.js';
import { memory } from './memory.bench.js';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { 'alert-latency': alertLatency, append, audit, evidence, idle, ingest, memory };

/** They store a record of their own, past the port. */
const ON_POSTGRES_ALONE: ReadonlySet<string> = new Set(['audit', 'evidence']);

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(1);
}
if (ON_POSTGRES_ALONE.has(name) && loadEngines(process.env).eventStore.kind !== 'postgres') {
  console.error(`The bench ${name} writes its record into the tables of PostgreSQL: leave BRAIN_EVENT_STORE out`);
  process.exit(1);
}
await bench();
process.exit(0);
