import type { TopicDefinition } from '../topic-catalogue.js';

export interface ExistingTopic {
  readonly name: string;
  readonly partitions: number;
  /** What was set for the topic itself. */
  readonly settings: Readonly<Record<string, string>>;
}

export type TopicStep =
  | { readonly kind: 'create'; readonly name: string; readonly partitions: number; readonly replication: number; readonly settings: Record<string, string> }
  | { readonly kind: 'grow'; readonly name: string; readonly partitions: number }
  | { readonly kind: 'configure'; readonly name: string; readonly settings: Record<string, string> };

const hourMs = 3_600_000;
/** Kafka counts in milliseconds and has a word for forever. */
const foreverHours = 10 * 365 * 24;

/** What must be done so that the cluster has these topics. Nothing is ever taken away from a topic. */
export function planTopics(wanted: readonly TopicDefinition[], existing: readonly ExistingTopic[], brokers: number): readonly TopicStep[] {
  const byName = new Map(existing.map((topic) => [topic.name, topic]));
  return wanted.flatMap((definition) => {
    const topic = byName.get(definition.name);
    return topic === undefined ? [create(definition, brokers)] : change(definition, topic);
  });
}

function create(definition: TopicDefinition, brokers: number): TopicStep {
  const { name, partitions, replication = 3 } = definition;
  const copies = Math.min(replication, brokers);
  const durable = copies >= 3 ? { 'min.insync.replicas': '2' } : {};
  return { kind: 'create', name, partitions, replication: copies, settings: { ...settingsOf(definition), ...durable } };
}

function change(definition: TopicDefinition, { partitions, settings }: ExistingTopic): readonly TopicStep[] {
  const { name } = definition;
  const wanted = settingsOf(definition);
  const differs = Object.entries(wanted).some(([key, value]) => settings[key] !== value);
  return [
    ...(partitions < definition.partitions ? [{ kind: 'grow' as const, name, partitions: definition.partitions }] : []),
    // All of them: Kafka resets what is not named.
    ...(differs ? [{ kind: 'configure' as const, name, settings: { ...settings, ...wanted } }] : []),
  ];
}

function settingsOf({ retentionHours, isCompacted = false, maxMessageBytes }: TopicDefinition): Record<string, string> {
  return {
    'retention.ms': retentionHours >= foreverHours ? '-1' : String(retentionHours * hourMs),
    'cleanup.policy': isCompacted ? 'compact,delete' : 'delete',
    'max.message.bytes': String(maxMessageBytes ?? 1024 * 1024),
  };
}
