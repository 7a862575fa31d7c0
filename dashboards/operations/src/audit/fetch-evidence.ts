import { respond } from '../api/request.js';
import type { AuditSearch } from './audit-search.js';

/** What an evidence package is about, as its address has it. */
export type EvidenceAbout = `cases/${string}` | `evaluations/${string}` | `people/${string}`;

interface FetchOptions {
  readonly signal: AbortSignal;
  /** Told how many bytes have come so far. */
  readonly onProgress: (bytes: number) => void;
}

const ZIP = 'application/zip';

/** The package that a search asks for: a case, or a person with a period. */
export function evidenceOf({ case: caseId, person, from, to }: AuditSearch): EvidenceAbout | undefined {
  if (caseId !== undefined) return `cases/${encodeURIComponent(caseId)}`;
  if (person === undefined || from === undefined || to === undefined) return undefined;
  return `people/${encodeURIComponent(person)}?${new URLSearchParams({ from, to }).toString()}`;
}

/** A connection that ends early is an error: the server never ends a cut archive well. */
export async function fetchEvidence(about: EvidenceAbout, { signal, onProgress }: FetchOptions): Promise<{ readonly blob: Blob; readonly name: string }> {
  const response = await respond(`/api/audit/evidence/${about}`, ZIP, { signal });
  const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'evidence.zip';
  const reader = response.body?.getReader();
  if (reader === undefined) return { blob: await response.blob(), name };
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { blob: new Blob(parts, { type: ZIP }), name };
    parts.push(value);
    bytes += value.length;
    onProgress(bytes);
  }
}
