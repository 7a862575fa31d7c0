import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type serverFeaturesPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService, type IStreamsServer } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { answerAppend } from './append.call.js';
import { answerBatchAppend } from './batch-append.call.js';
import { clusterInfo, type Member } from './gossip.call.js';
import { answerRead } from './read.call.js';
import { RecordLog } from './record-log.js';
import { supportedMethods } from './server-features.call.js';
import { ServerNode } from './server-node.js';

const HOST = '127.0.0.1';
const MAX_APPEND_SIZE = 1024 * 1024;

export interface EventStoreDbServerOptions {
  readonly log?: RecordLog;
  readonly maxAppendSize?: number;
  /** With TLS; without it the server asks nobody who they are. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer; readonly users: Readonly<Record<string, string>> };
  /** As the server says it. */
  readonly version?: string;
  /** The nodes that gossip tells of. Default: this one. */
  readonly members?: () => readonly Member[];
}

/**
 * EventStoreDB as its clients see it, in memory and in process: the service definitions of the client package, and
 * the answers and errors of a real server.
 */
export class EventStoreDbServer {
  readonly node: ServerNode;
  private server: Server | undefined;
  private boundPort = 0;

  constructor(private readonly options: EventStoreDbServerOptions = {}) {
    const { log = logOfAServer(), maxAppendSize = MAX_APPEND_SIZE, tls } = options;
    this.node = new ServerNode(log, maxAppendSize, tls?.users);
  }

  get port(): number {
    return this.boundPort;
  }

  get url(): string {
    return `esdb://${HOST}:${String(this.boundPort)}?tls=${String(this.options.tls !== undefined)}`;
  }

  get member(): Member {
    return { host: HOST, port: this.boundPort, isLeader: this.node.isLeader };
  }

  /** On the same port again when it ran before. */
  async start(): Promise<this> {
    const server = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
    server.addService(StreamsService, this.streams());
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: ServerUnaryCall<sharedPb.Empty, unknown>, answer: sendUnaryData<serverFeaturesPb.SupportedMethods>) =>
        answer(null, supportedMethods(this.options.version ?? '24.10.0.0')),
    });
    server.addService(GossipService, {
      read: (_: ServerUnaryCall<sharedPb.Empty, unknown>, answer: sendUnaryData<gossipPb.ClusterInfo>) =>
        answer(null, clusterInfo(this.options.members?.() ?? [this.member])),
    });
    this.boundPort = await bind(server, this.boundPort, this.options.tls);
    this.server = server;
    return this;
  }

  /** Every connection breaks; new ones are taken. */
  dropConnections(): void {
    this.server?.drain(`${HOST}:${String(this.boundPort)}`, 0);
  }

  stop(): void {
    this.server?.forceShutdown();
    this.server = undefined;
  }

  private streams(): Pick<IStreamsServer, 'read' | 'append' | 'batchAppend'> {
    return {
      read: (call) => answerRead(this.node, call),
      append: (call, answer) => answerAppend(this.node, call, answer),
      batchAppend: (call) => answerBatchAppend(this.node, call),
    };
  }
}

/** A new server is not empty: it has written events of its own. */
export function logOfAServer(): RecordLog {
  const log = new RecordLog();
  const ofItsOwn = (type: string, data: object) => ({
    id: crypto.randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from(JSON.stringify(data)),
    metadata: new Uint8Array(),
  });
  log.append('$$$scavenges', 'any', [ofItsOwn('$metadata', { $maxAge: 2_592_000 })]);
  log.append('$user-admin', 'any', [ofItsOwn('$UserCreated', { loginName: 'admin' })]);
  return log;
}

function bind(server: Server, port: number, tls: EventStoreDbServerOptions['tls']): Promise<number> {
  const credentials =
    tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }]);
  return new Promise((resolve, reject) => {
    server.bindAsync(`${HOST}:${String(port)}`, credentials, (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });
}
