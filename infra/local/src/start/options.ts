import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';

export interface StartOptions {
  readonly demo: boolean;
  readonly dataDir: string;
  readonly httpPort: number;
  readonly mqttPort: number;
  readonly mqttsPort: number;
}

export function parseStartOptions(argv: readonly string[], cwd: string): StartOptions {
  const command = new Command('npm start --')
    .description('Starts Community Brain with everything it needs on this computer.')
    .option('--no-demo', 'start empty, without the demo district and its simulator')
    .option('--data <dir>', 'where everything is kept', '.data')
    .option('--http-port <n>', 'dashboard, API and Socket.IO', port, 8080)
    .option('--mqtt-port <n>', 'MQTT for devices', port, 1883)
    .option('--mqtts-port <n>', 'MQTT over TLS', port, 8883)
    .parse(argv, { from: 'user' });
  const options = command.opts<{ demo: boolean; data: string; httpPort: number; mqttPort: number; mqttsPort: number }>();
  return {
    demo: options.demo,
    dataDir: path.resolve(cwd, options.data),
    httpPort: options.httpPort,
    mqttPort: options.mqttPort,
    mqttsPort: options.mqttsPort,
  };
}

function port(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number < 65_536) return number;
  throw new InvalidArgumentError('a port is a number from 1 to 65535');
}
