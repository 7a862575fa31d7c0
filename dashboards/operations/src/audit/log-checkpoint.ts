/** How many events the log holds with proof, from a C2SP checkpoint: origin, size, root, an empty line, signatures. */
export function sizeOfCheckpoint(text: string): number | undefined {
  const [origin, size, root, blank] = text.split('\n');
  if (origin === undefined || origin === '' || root === undefined || blank !== '') return undefined;
  return size !== undefined && /^(0|[1-9]\d{0,15})$/.test(size) ? Number(size) : undefined;
}

export type ProofState = 'in-log' | 'pending' | 'unknown';

/** Unknown: the log or the event's place in it could not be asked. */
export function proofStateOf(leafIndex: number | null | undefined, logSize: number | undefined): ProofState {
  if (leafIndex === undefined || logSize === undefined) return 'unknown';
  return leafIndex !== null && leafIndex < logSize ? 'in-log' : 'pending';
}
