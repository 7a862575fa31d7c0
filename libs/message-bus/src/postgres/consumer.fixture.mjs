// A consumer in a process of its own, to be killed. usage: node consumer.fixture.mjs <url> <schema> <handle below>
// Handles values below the limit; the handler of any other never returns. Says on stdout what it was given.
import { PostgresMessageBus } from '@brain/message-bus';

const [connectionString, schema, limit] = process.argv.slice(2);
const bus = new PostgresMessageBus({ connectionString, schema, leaseMs: 1_000 });
await bus.subscribe({
  group: 'g',
  topics: ['spread'],
  handler: async ([record]) => {
    process.stdout.write(`${record.value}\n`);
    if (record.value >= Number(limit)) await new Promise(() => undefined);
  },
});
process.stdout.write('ready\n');
