/**
 * Business logic as three pure parts. `decide` returns the new facts, `[]` when nothing new happened, and
 * throws a DomainError to refuse; time, ids and lookups arrive on the command.
 */
export interface Decider<State, Command, Event> {
  readonly initial: State;
  readonly decide: (command: Command, state: State) => readonly Event[];
  readonly evolve: (state: State, event: Event) => State;
}
