/**
 * The name of an event as clients see it: without its service, the thing and what happened apart.
 * `alerting.alert-raised.v1` → `alert.raised.v1`
 */
export function clientEventName(wireName: string): string {
  return wireName.replace(/^[^.]+\.([a-z]+)-/, '$1.');
}
