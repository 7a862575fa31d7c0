// Brings the topics of a Kafka cluster up to date. usage: node infra/kafka/apply-topics.mjs [host:port,…]
import { readFileSync } from 'node:fs';
import { applyTopics } from '@brain/message-bus/kafka';

const brokers = process.argv[2] ?? variable('BRAIN_KAFKA_BROKERS');
if (brokers === undefined || brokers.startsWith('-')) {
  console.error('usage: node infra/kafka/apply-topics.mjs [host:port,…]   (or BRAIN_KAFKA_BROKERS)');
  process.exit(1);
}
const caFile = variable('BRAIN_KAFKA_CA_FILE');
const mechanism = variable('BRAIN_KAFKA_SASL_MECHANISM');
const sasl = { mechanism, username: variable('BRAIN_KAFKA_USERNAME'), password: variable('BRAIN_KAFKA_PASSWORD') };

try {
  const steps = await applyTopics({
    brokers: brokers.split(','),
    ...(caFile === undefined ? {} : { caFile }),
    ...(mechanism === undefined ? {} : { sasl }),
  });
  for (const { kind, name } of steps) console.log(`${kind} ${name}`);
  console.log(steps.length === 0 ? 'Every topic is as the catalogue says' : 'Done');
} catch (error) {
  console.error(`${error.code ?? error.name}: ${error.message}`);
  process.exit(1);
}

/** As the services read it: NAME, or the file that NAME_FILE names. */
function variable(name) {
  const file = process.env[`${name}_FILE`];
  return file === undefined ? process.env[name] : readFileSync(file, 'utf8').trim();
}
