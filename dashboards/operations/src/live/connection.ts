/** What the operator must know about the line: is what I see true now? */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly since: number }
  | { readonly state: 'reconnecting'; readonly since: number }
  | { readonly state: 'offline'; readonly code: string; readonly detail: string };

/** The three states the screen tells apart; connecting for the first time looks like reconnecting. */
export function shownState(connection: Connection): 'connected' | 'reconnecting' | 'offline' {
  return connection.state === 'connecting' ? 'reconnecting' : connection.state;
}
