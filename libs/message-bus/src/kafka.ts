// Apart from the rest: its client is loaded only where Kafka is the bus.
export { KafkaMessageBus, type KafkaMessageBusOptions } from './kafka/kafka-message-bus.js';
export { applyTopics, type ApplyTopicsOptions } from './kafka/apply-topics.js';
export { inspectCluster, type KafkaFacts } from './kafka/inspect-cluster.js';
export type { TopicStep } from './kafka/topic-plan.js';
export type { KafkaConnectionOptions, KafkaSasl } from './kafka/kafka-connection.js';
