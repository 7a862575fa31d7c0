import type { AuditEvent, EventProof } from '@brain/contracts';
import { eventOf, verifyProof, type Proven } from '@brain/log-verifier';
import { isShownAsProven } from './shown-as-proven.js';

export type Verdict =
  | { readonly holds: true; readonly proven: Proven }
  /** `code` is the verifier's; NO_CRYPTO where the browser gives a page without HTTPS no means to check; SHOWN_OTHERWISE when the log holds something else than the page shows. */
  | { readonly holds: false; readonly code: string };

interface Check {
  /** As it is shown. */
  readonly event: AuditEvent;
  readonly proof: EventProof;
  /** Signed-note verifier key: the server's, or better the reader's own copy. */
  readonly vkey: string;
}

/** Checks in this browser, trusting the key alone: neither the server's word for the entry nor for the place, nor that the entry is what it showed. */
export async function checkProof({ event: shown, proof, vkey }: Check): Promise<Verdict> {
  if ((crypto as { readonly subtle?: unknown }).subtle === undefined) return { holds: false, code: 'NO_CRYPTO' };
  try {
    const event = eventOf(proof.entry);
    if (event['eventId'] !== shown.eventId) return { holds: false, code: 'PROOF_OF_ANOTHER_EVENT' };
    const proven = await verifyProof({ proof: proof.proof, event, vkey: vkey.trim() });
    return isShownAsProven(shown, event) ? { holds: true, proven } : { holds: false, code: 'SHOWN_OTHERWISE' };
  } catch (error) {
    return { holds: false, code: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : String(error);
}
