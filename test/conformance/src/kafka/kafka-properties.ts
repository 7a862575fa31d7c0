export interface KafkaNode {
  readonly id: number;
  readonly clientPort: number;
  /** What clients are told to connect to, where a proxy stands in between; else `clientPort`. */
  readonly advertisedPort?: number;
  readonly brokerPort: number;
  readonly controllerPort: number;
  readonly dataDir: string;
}

export interface KafkaSecurity {
  /** Clients must sign in (PLAIN or SCRAM) as one of these. */
  readonly users?: Readonly<Record<string, string>>;
  /** Clients must speak TLS; a PKCS12 file with the broker's key. */
  readonly keystore?: { readonly file: string; readonly password: string };
}

/** server.properties of one node that is broker and controller at once (KRaft). */
export function kafkaProperties(
  node: KafkaNode,
  nodes: readonly KafkaNode[],
  security: KafkaSecurity,
  settings: Readonly<Record<string, string>>,
): string {
  const replication = String(Math.min(3, nodes.length));
  const all: Record<string, string> = {
    'process.roles': 'broker,controller',
    'node.id': String(node.id),
    'controller.quorum.voters': nodes.map(({ id, controllerPort }) => `${String(id)}@127.0.0.1:${String(controllerPort)}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'BROKER',
    listeners: listeners(node, true),
    'advertised.listeners': listeners({ ...node, clientPort: node.advertisedPort ?? node.clientPort }, false),
    'listener.security.protocol.map': `CLIENT:${protocolOf(security)},BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT`,
    ...securityProperties(security),
    'log.dirs': node.dataDir,
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': replication,
    'transaction.state.log.replication.factor': replication,
    'default.replication.factor': replication,
    'min.insync.replicas': nodes.length >= 3 ? '2' : '1',
    'log.cleaner.dedupe.buffer.size': String(10 * 1024 * 1024),
    'broker.session.timeout.ms': '6000',
    ...settings,
  };
  return Object.entries(all).map(([name, value]) => `${name}=${value}\n`).join('');
}

function listeners({ clientPort, brokerPort, controllerPort }: KafkaNode, withController: boolean): string {
  const all = [`CLIENT://127.0.0.1:${String(clientPort)}`, `BROKER://127.0.0.1:${String(brokerPort)}`];
  return [...all, ...(withController ? [`CONTROLLER://127.0.0.1:${String(controllerPort)}`] : [])].join(',');
}

function protocolOf({ users, keystore }: KafkaSecurity): string {
  if (users === undefined) return keystore === undefined ? 'PLAINTEXT' : 'SSL';
  return keystore === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL';
}

function securityProperties({ users, keystore }: KafkaSecurity): Record<string, string> {
  const listener = 'listener.name.client';
  return {
    ...(users === undefined
      ? {}
      : {
          'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
          [`${listener}.plain.sasl.jaas.config`]: plainLogin(users),
          [`${listener}.scram-sha-256.sasl.jaas.config`]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
          [`${listener}.scram-sha-512.sasl.jaas.config`]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
        }),
    ...(keystore === undefined
      ? {}
      : {
          [`${listener}.ssl.keystore.location`]: keystore.file,
          [`${listener}.ssl.keystore.password`]: keystore.password,
          [`${listener}.ssl.keystore.type`]: 'PKCS12',
        }),
  };
}

function plainLogin(users: Readonly<Record<string, string>>): string {
  const entries = Object.entries(users).map(([name, password]) => `user_${name}="${password}"`);
  return `org.apache.kafka.common.security.plain.PlainLoginModule required ${entries.join(' ')};`;
}
