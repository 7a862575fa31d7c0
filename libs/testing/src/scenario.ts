// Not Jest's `expect`: this library is also loaded outside Jest, where importing it throws.
import { deepStrictEqual, strictEqual } from 'node:assert';
import { isDomainError } from '@brain/contracts';

/** As `Decider` in @brain/event-store, repeated here so that the event store's own tests can use this library. */
interface DeciderUnderTest<State, Command, Event> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => readonly Event[];
  readonly evolve: (state: State, event: Event) => State;
}

/** Given events, when a command, expect events or a rejection. No verb is `then`, so nothing is awaitable by accident. */
export function scenario<State, Command, Event>(decider: DeciderUnderTest<State, Command, Event>) {
  const given = (...history: readonly Event[]) => ({
    when: (command: Command) => {
      const decide = () => decider.decide(command, history.reduce(decider.evolve, decider.initial));
      return {
        /** Compared as they would be stored. */
        expectEvents: (...events: readonly Event[]): void => deepStrictEqual(asJson(decide()), asJson(events)),
        expectRejection: (code: string): void => strictEqual(rejectionOf(decide), code),
      };
    },
  });
  return { given };
}

function asJson(events: readonly unknown[]): unknown {
  return JSON.parse(JSON.stringify(events));
}

function rejectionOf(decide: () => unknown): string {
  try {
    return `accepted with ${JSON.stringify(decide())}`;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
}
