import type { BusEngine } from '@brain/service-kit';

/** Topics as the catalogue says, where the bus is not in the database. Gives one line on what was done. */
export async function provisionTopics(bus: BusEngine): Promise<string | undefined> {
  if (bus.kind !== 'kafka') return undefined;
  const { applyTopics } = await import('@brain/message-bus/kafka'); // its client is loaded only where it is used
  const steps = await applyTopics({ ...bus, clientId: 'provision' });
  return `Kafka: ${steps.length === 0 ? 'topics are as the catalogue says' : steps.map(({ kind, name }) => `${kind} ${name}`).join(', ')}`;
}
