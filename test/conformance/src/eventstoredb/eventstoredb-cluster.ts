import { EventStoreDbServer, logOfAServer } from './eventstoredb-server.js';

/** Nodes over one log, of which one leads. */
export class EventStoreDbCluster {
  private constructor(readonly nodes: readonly EventStoreDbServer[]) {}

  static async start(size: number): Promise<EventStoreDbCluster> {
    const log = logOfAServer();
    const nodes: EventStoreDbServer[] = [];
    const members = () => nodes.map(({ member }) => member);
    for (let i = 0; i < size; i += 1) nodes.push(await new EventStoreDbServer({ log, members }).start());
    const cluster = new EventStoreDbCluster(nodes);
    cluster.elect(0);
    return cluster;
  }

  /** All nodes, for a client that asks them who leads. */
  get url(): string {
    return `esdb://${this.nodes.map(({ port }) => `127.0.0.1:${String(port)}`).join(',')}?tls=false&discoveryInterval=20`;
  }

  urlOf(index: number): string {
    return this.node(index).url;
  }

  elect(index: number): void {
    const leader = this.node(index);
    for (const node of this.nodes) node.node.follow(node === leader ? undefined : leader.member);
  }

  stop(): void {
    for (const node of this.nodes) node.stop();
  }

  node(index: number): EventStoreDbServer {
    const node = this.nodes[index];
    if (node === undefined) throw new Error(`There is no node ${String(index)}`);
    return node;
  }
}
