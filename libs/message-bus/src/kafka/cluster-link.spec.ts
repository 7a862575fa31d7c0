import { describe, expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import { ClusterLink } from './cluster-link.js';

/** Clusters as kafkajs gives them to an assigner; each connects when it is told to. */
class ClustersInMemory {
  readonly opened: { isConnected: boolean; readonly connects: () => void }[] = [];

  readonly kafka = {
    consumer: ({ partitionAssigners: [assigner] }: { partitionAssigners: ((parts: object) => unknown)[] }) => assigner?.({ cluster: this.open() }),
  } as unknown as Kafka;

  private open(): object {
    let connects: () => void = () => undefined;
    const connected = new Promise<void>((resolve) => (connects = resolve));
    const state = { isConnected: false, connects };
    this.opened.push(state);
    return {
      connect: () => connected.then(() => void (state.isConnected = true)),
      disconnect: () => Promise.resolve(void (state.isConnected = false)),
    };
  }
}

describe('a link to a cluster', () => {
  it('leaves no connection behind when it ends while it is connecting', async () => {
    const clusters = new ClustersInMemory();
    const link = new ClusterLink(clusters.kafka);
    const using = expect(link.use()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    const ending = link.end();
    clusters.opened[0]?.connects();
    await Promise.all([using, ending]);
    expect(clusters.opened.map(({ isConnected }) => isConnected)).toEqual([false]);
  });

  it('opens nothing for whoever asks after its end', async () => {
    const clusters = new ClustersInMemory();
    const link = new ClusterLink(clusters.kafka);
    await link.end();
    await expect(link.use()).rejects.toMatchObject({ code: 'BUS_UNAVAILABLE' });
    expect(clusters.opened).toEqual([]);
  });

  it('connects anew after it was closed, which is not its end', async () => {
    const clusters = new ClustersInMemory();
    const link = new ClusterLink(clusters.kafka);
    const first = link.use();
    clusters.opened[0]?.connects();
    await first;
    await link.close();
    const second = link.use();
    clusters.opened[1]?.connects();
    await second;
    expect(clusters.opened.map(({ isConnected }) => isConnected)).toEqual([false, true]);
  });
});
