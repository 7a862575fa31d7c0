import { deadLetterUnknown } from '../dead-letter-unknown.js';
import { describeError } from '../describe-error.js';
import type { DeadLetter, DeadLetters, DeliveredRecord } from '../message-bus.port.js';

/** Dead letters of every group of one in-memory bus. */
export class InMemoryDeadLetters implements DeadLetters {
  readonly #letters = new Map<string, DeadLetter>();

  constructor(
    private readonly now: () => string,
    private readonly requestReplay: (letter: DeadLetter) => void,
  ) {}

  list(options: { group?: string; after?: string; limit?: number } = {}): Promise<readonly DeadLetter[]> {
    const { group, after = '0', limit = 100 } = options;
    const letters = [...this.#letters.values()]
      .filter((letter) => (group === undefined || letter.group === group) && Number(letter.id) > Number(after))
      .slice(0, limit);
    return Promise.resolve(letters);
  }

  get(id: string): Promise<DeadLetter> {
    const letter = this.#letters.get(id);
    if (letter !== undefined) return Promise.resolve(letter);
    return Promise.reject(deadLetterUnknown(id));
  }

  async replay(id: string): Promise<void> {
    this.requestReplay(await this.get(id));
  }

  add(group: string, record: DeliveredRecord, error: unknown): void {
    const id = String(this.#letters.size + 1);
    this.#letters.set(id, { id, group, record, error: describeError(error), failedAt: this.now(), replayedAt: null });
  }

  replayed(letter: DeadLetter): void {
    this.#letters.set(letter.id, { ...letter, replayedAt: this.now() });
  }

  failedAgain(letter: DeadLetter, error: unknown): void {
    this.#letters.set(letter.id, { ...letter, error: describeError(error), failedAt: this.now() });
  }
}
