interface Waiting<Batch> {
  readonly batch: Batch;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** What is to be saved while the last save is on its way is saved together: partitions share the wait for the disk. */
export class SaveQueue<Batch> {
  private waiting: Waiting<Batch>[] = [];
  private isSaving = false;

  /** `saveAll` gives those that were refused, with the reason; when it throws, none was saved. */
  constructor(private readonly saveAll: (batches: readonly Batch[]) => Promise<ReadonlyMap<Batch, Error>>) {}

  save(batch: Batch): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      if (!this.isSaving) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isSaving = true;
    while (this.waiting.length > 0) await this.saveTogether(this.waiting.splice(0));
    this.isSaving = false;
  }

  private async saveTogether(group: readonly Waiting<Batch>[]): Promise<void> {
    try {
      const refused = await this.saveAll(group.map(({ batch }) => batch));
      for (const { batch, resolve, reject } of group) {
        const reason = refused.get(batch);
        if (reason === undefined) resolve();
        else reject(reason);
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
