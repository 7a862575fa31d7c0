import { alertLatency } from './alert-latency.bench.js';
import { append } from './append.bench.js';
import { audit } from './audit.bench.js';
import { evidence } from './evidence.bench.js';
import { ingest } from './ingest.bench.js';
import { memory } from './memory.bench.js';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = { 'alert-latency': alertLatency, append, audit, evidence, ingest, memory };

const name = process.argv[2] ?? '';
const bench = BENCHES[name];
if (bench === undefined) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exit(1);
}
await bench();
process.exit(0);
