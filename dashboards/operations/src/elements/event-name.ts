/** `case-management.case-dispatched.v1` → `case-dispatched`. */
export function eventKey(wireName: string): string {
  return wireName.split('.')[1] ?? wireName;
}
