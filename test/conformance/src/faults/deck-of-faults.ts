import { setTimeout as pause } from 'node:timers/promises';
import { SERVICES } from '@brain/contracts';
import type { TcpProxy } from '../network/tcp-proxy.js';
import type { ControlRoom } from './control-room.js';
import type { LoadDevice } from './load-device.js';
import type { SeededChoice } from './seeded-choice.js';
import type { StackUnderTest } from './stack-under-test.js';

export interface Fault {
  readonly name: string;
  /** Strikes, lasts as long as such a fault lasts, and is over when it resolves. */
  run(): Promise<void>;
}

export interface Scene {
  readonly stack: StackUnderTest;
  readonly room: ControlRoom;
  /** Those whose clock may jump: the alerts of the others are counted by event time. */
  readonly calm: readonly LoadDevice[];
  readonly choice: SeededChoice;
}

const SLOW_MS = 5_000;

/** Every fault there is, in the order that the seed says; twenty of them, whichever engine the bus is on. */
export function deckOfFaults(scene: Scene): readonly Fault[] {
  const { stack, choice } = scene;
  const onKafka = stack.kafka !== undefined;
  return choice.shuffled([
    ...SERVICES.map((service) => fault(`kill ${service}`, () => stack.product.kill(service))),
    killPostgres(stack),
    fault('reset the devices’ connections', () => stack.devices.reset()),
    fault('drop the control room', () => scene.room.drop()),
    ...(onKafka ? brokerFaults(scene) : moreOfPostgres(scene)),
  ]);
}

function fault(name: string, strike: () => Promise<void> | void): Fault {
  return { name, run: async () => strike() };
}

function killPostgres(stack: StackUnderTest): Fault {
  return fault('kill PostgreSQL', () => stack.killPostgres());
}

function killTwo({ stack, choice }: Scene): Fault {
  const [one, other] = choice.shuffled(SERVICES);
  return fault(`kill ${String(one)} and ${String(other)}`, async () => {
    if (one !== undefined) await stack.product.kill(one);
    if (other !== undefined) await stack.product.kill(other);
  });
}

function moreOfPostgres(scene: Scene): readonly Fault[] {
  const links = [...databaseLinkFaults(scene), ...databaseLinkFaults(scene)];
  return [...links, killPostgres(scene.stack), killTwo(scene), clockJump(scene, 'ahead'), clockJump(scene, 'behind')];
}

/** With two brokers more there is room for one each of what the other deck has whole. */
function brokerFaults(scene: Scene): readonly Fault[] {
  const { choice } = scene;
  const link = choice.of(databaseLinkFaults(scene));
  return [link, clockJump(scene, choice.of(['ahead', 'behind'])), ...kafkaFaults(scene), ...mosquittoFaults(scene)];
}

function databaseLinkFaults({ stack, choice }: Scene): readonly Fault[] {
  return linkFaults(choice, () => {
    const service = choice.of(SERVICES);
    const link = stack.links.get(service);
    if (link === undefined) throw new Error(`${service} has no link`);
    return { link, name: `${service} — PostgreSQL` };
  });
}

function kafkaFaults({ stack: { kafka }, choice }: Scene): readonly Fault[] {
  if (kafka === undefined) return [];
  const kill = fault('kill the broker of Kafka', async () => {
    await kafka.server.kill(0);
    await kafka.server.restart(0);
  });
  return [kill, ...linkFaults(choice, () => ({ link: kafka.link, name: 'services — Kafka' }))];
}

function mosquittoFaults({ stack: { mosquitto }, choice }: Scene): readonly Fault[] {
  if (mosquitto === undefined) return [];
  const kill = fault('kill Mosquitto', () => mosquitto.crash());
  return [kill, ...linkFaults(choice, () => ({ link: mosquitto.link, name: 'sensor-ingestion — Mosquitto' }))];
}

function linkFaults(choice: SeededChoice, choose: () => { readonly link: TcpProxy; readonly name: string }): readonly Fault[] {
  const [cut, slow, reset] = [choose(), choose(), choose()];
  const cutMs = choice.between(1_000, 4_000);
  return [
    fault(`cut ${cut.name} for ${String(cutMs)} ms`, async () => {
      cut.link.cut();
      await pause(cutMs);
      cut.link.mend();
    }),
    fault(`slow ${slow.name} to ${String(SLOW_MS)} ms`, async () => {
      slow.link.slow(SLOW_MS);
      await pause(SLOW_MS + 1_000); // so that something has passed that late
      slow.link.mend();
    }),
    fault(`reset ${reset.name}`, () => reset.link.reset()),
  ];
}

/** For as long as it takes to send a few readings with the wrong time. */
function clockJump({ calm, choice }: Scene, to: 'ahead' | 'behind'): Fault {
  const device = choice.of(calm);
  return fault(`the clock of a device is ${to}`, async () => {
    const before = device.acknowledged;
    device.clock = to;
    while (device.acknowledged < before + 4) await pause(50);
    device.clock = 'right';
  });
}
