import path from 'node:path';
import { isDomainError } from '@brain/contracts';
import { ConfigurationError } from '@brain/service-kit';
import { DemoStart } from './demo-start.js';
import { parseStartOptions } from './options.js';
import { startStack, type RunningStack } from './stack.js';
import { StartError } from './start-error.js';

const root = path.resolve(import.meta.dirname, '../../../..');
const say = (line: string) => console.log(line);

async function main(): Promise<void> {
  const options = parseStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  const stack = await startStack(root, options, say);
  const demo = options.demo ? new DemoStart(root, stack, say) : undefined;
  const isStopping = stopOnSignals(async () => {
    await demo?.stop();
    await stack.stop();
  });
  greet(stack);
  await demo?.start().catch((error: unknown) => {
    // Stopped while the demo was being written: the next start goes on with it.
    if (!isStopping()) throw error;
  });
  process.send?.({ type: 'ready', url: stack.url, mqttUrl: stack.mqttUrl });
}

/** Tells whether it has begun to stop. */
function stopOnSignals(stop: () => Promise<void>): () => boolean {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      say('Stopping …');
      stop().then(
        () => {
          say('Stopped.');
          process.exit(0);
        },
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
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

main().catch((error: unknown) => {
  const isForThePerson = error instanceof StartError || error instanceof ConfigurationError || isDomainError(error);
  console.error(isForThePerson ? error.message : error);
  process.exit(1);
});
