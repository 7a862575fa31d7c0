import type { KafkaFacts } from '@brain/message-bus/kafka';
import { judgeOf, type Finding } from './finding.js';

const judge = judgeOf('kafka');
const OFFSETS_RETENTION_MINUTES = 525_600;

/** Pure: what infra/kafka/README.md asks of topics and brokers. */
export function kafkaFindings({ brokers, steps, settings }: KafkaFacts): readonly Finding[] {
  return [
    judge('version', 'unknown', 'Kafka tells no client its version: 3.9 or 4 is what the conformance suites run on'),
    brokers >= 3
      ? judge('copies', 'fine', `${String(brokers)} brokers: every record has three copies`)
      : judge('copies', 'warning', `${String(brokers)} broker${brokers === 1 ? '' : 's'}: with fewer than three, losing one stops the bus or loses records`),
    topicsFinding(steps),
    ...settingsFindings(settings),
    judge('free space', 'unknown', 'Kafka tells no client how much is free: watch log.dirs at the brokers'),
  ];
}

function topicsFinding(steps: KafkaFacts['steps']): Finding {
  if (steps.length === 0) return judge('topics', 'fine', 'partitions, retention and sizes are as the catalogue says');
  const what = steps.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  return judge('topics', 'wrong', `topics are not as the catalogue says (${what}): run infra/kafka/apply-topics.mjs, or the provisioning`);
}

function settingsFindings(settings: KafkaFacts['settings']): readonly Finding[] {
  if (settings === null) return [judge('brokers', 'unknown', 'this user may not read the settings of the brokers (DescribeConfigs on the cluster)')];
  const wrong: readonly (readonly [boolean, string])[] = [
    [settings['auto.create.topics.enable'] === 'true', 'auto.create.topics.enable is true: a misspelt topic is made instead of refused; set it to false'],
    [settings['unclean.leader.election.enable'] === 'true', 'unclean.leader.election.enable is true: acknowledged records can be lost; set it to false'],
    [
      Number(settings['offsets.retention.minutes'] ?? OFFSETS_RETENTION_MINUTES) < OFFSETS_RETENTION_MINUTES,
      `offsets.retention.minutes is ${settings['offsets.retention.minutes'] ?? ''}: a group that was away longer begins at the start; set 525600`,
    ],
  ];
  const found = wrong.filter(([is]) => is).map(([, sentence]) => judge('brokers', 'warning', sentence));
  return found.length > 0 ? found : [judge('brokers', 'fine', 'the brokers are set as the bus needs them')];
}
