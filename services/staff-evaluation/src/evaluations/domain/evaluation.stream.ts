/** Every result is one stream. */
export function evaluationStream(evaluationId: string): string {
  return `evaluation-${evaluationId}`;
}
