type Close = () => unknown;

/** Not closed yet, in this process. The runner of integration tests closes what a file leaves behind. */
const LEFT_OPEN = Symbol.for('brain.left-open');
const leftOpen = (): Set<Closers> => {
  const shared = globalThis as typeof globalThis & { [LEFT_OPEN]?: Set<Closers> };
  return (shared[LEFT_OPEN] ??= new Set());
};

/** What a set-up has opened. Closed in the opposite order, because what was opened later may need what was opened before. */
export class Closers {
  private closers: Close[] = [];

  add(close: Close): void {
    leftOpen().add(this);
    this.closers.push(close);
  }

  /**
   * Registers what is being opened before it is open, so that `close` waits for it even when something opened beside it
   * fails first. What does not open needs no closing.
   */
  use<T>(opening: Promise<T>, close: (opened: T) => unknown): Promise<T> {
    this.add(() => opening.then(close, () => undefined));
    return opening;
  }

  /** Closes all of it, also when a part cannot be closed, and says then what could not. Harmless to repeat. */
  async close(): Promise<void> {
    leftOpen().delete(this);
    const failures: unknown[] = [];
    for (const close of this.closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw together(failures);
  }
}

/** Runs a set-up. When it fails, what it had opened is closed before the failure is passed on. */
export async function setUp<T>(work: (closers: Closers) => Promise<T>): Promise<T> {
  const closers = new Closers();
  try {
    return await work(closers);
  } catch (error) {
    const alsoFailed: unknown[] = await closers.close().then(
      () => [],
      (failure: unknown) => [failure],
    );
    throw together([error, ...alsoFailed]);
  }
}

function together(failures: readonly unknown[]): unknown {
  if (failures.length === 1) return failures[0];
  return new AggregateError(failures, failures.map((failure) => (failure instanceof Error ? failure.message : String(failure))).join('; '));
}
