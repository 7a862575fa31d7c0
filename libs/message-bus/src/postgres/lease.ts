/** The right to deliver one partition to one group. A later owner has a higher epoch. */
export interface Lease {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly owner: string;
  readonly epoch: string;
}

export class LeaseLost extends Error {
  constructor({ group, topic, partition }: Lease) {
    super(`${group} reads ${topic}/${partition} elsewhere now`);
    this.name = 'LeaseLost';
  }
}
