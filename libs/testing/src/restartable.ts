/** One of a kind at a time, which a test may close and open again. */
export class Restartable<T> {
  private opened: T | undefined;

  constructor(
    private readonly open: () => Promise<T>,
    private readonly close: (opened: T) => unknown,
  ) {}

  get current(): T {
    if (this.opened === undefined) throw new Error('Not open');
    return this.opened;
  }

  async start(): Promise<void> {
    this.opened = await this.open();
  }

  /** Harmless to repeat. */
  async stop(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    if (opened !== undefined) await this.close(opened);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}
