/** Every case is one stream. */
export function caseStream(caseId: string): string {
  return `case-${caseId}`;
}
