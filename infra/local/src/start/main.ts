import path from 'node:path';
import { DemoStart } from './demo-start.js';
import { parseStartOptions } from './options.js';
import { refusalLine } from './refusal.js';
import { startStack, type RunningStack } from './stack.js';

const root = path.resolve(import.meta.dirname, '../../../..');
const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  const stack = await startStack(root, options, say);
  const demo = options.demo ? new DemoStart(root, stack, say) : undefined;
  const stop = async () => {
    await demo?.stop();
    await stack.stop();
  };
  const isStopping = stopOnSignals(stop);
  greet(stack);
  await demo?.start().catch(async (error: unknown) => {
    // Stopped while the demo was being written: the next start goes on with it.
    if (isStopping()) return;
    await stop();
    throw error;
  });
  if (process.connected) process.send?.({ type: 'ready', url: stack.url, mqttUrl: stack.mqttUrl });
}

/** Tells whether it has begun to stop. */
function stopOnSignals(stop: () => Promise<void>): () => boolean {
  let stopping = false;
  // `disconnect`: the program that started us over IPC is gone, whichever way it ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say('Stopping …');
      stop().then(
        () => {
          say('Stopped.');
          process.exit(0);
        },
        fail,
      );
    });
  }
  // It went while we started: the event has passed.
  if (process.send !== undefined && !process.connected) process.emit('disconnect');
  return () => stopping;
}

function greet(stack: RunningStack): void {
  const file = path.relative(process.cwd(), stack.folder.credentials);
  say('');
  say('Community Brain 社区大脑 is ready.');
  say(`  Dashboard   ${stack.url}`);
  say(`  API         ${stack.url}/api`);
  say(`  MQTT        ${stack.mqttUrl}   (over WebSocket: ${stack.url.replace('http', 'ws')}/mqtt)`);
  say(`  MQTT + TLS  ${stack.mqttsUrl}   (certificate to trust: ${path.relative(process.cwd(), stack.folder.tls)}/mqtt.crt)`);
  say(`  Passwords   ${file}`);
  if (stack.freshCredentials.length > 0) {
    say('');
    say('First accounts, shown this once:');
    for (const { username, password } of stack.freshCredentials) say(`  ${username.padEnd(22)} ${password}`);
  }
  say('');
  say('Ctrl-C stops everything.');
}

function fail(error: unknown): never {
  console.error(refusalLine(error));
  if (process.env.BRAIN_LOG_LEVEL === 'debug' || process.env.BRAIN_LOG_LEVEL === 'trace') console.error(error);
  process.exit(1);
}

// The reader of our output may end before we have stopped: that must not end us with EPIPE.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch(fail);
