import type { EventProof } from '@brain/contracts';
import { verifyProof, type Proven } from '@brain/log-verifier';

export type Verdict =
  | { readonly holds: true; readonly proven: Proven }
  /** `code` is the verifier's; NO_CRYPTO where the browser gives a page without HTTPS no means to check. */
  | { readonly holds: false; readonly code: string };

interface Check {
  readonly eventId: string;
  readonly proof: EventProof;
  /** Signed-note verifier key: the server's, or better the reader's own copy. */
  readonly vkey: string;
}

/** Checks in this browser, trusting the key alone: neither the server's word for the entry nor for the place. */
export async function checkProof({ eventId, proof, vkey }: Check): Promise<Verdict> {
  if ((crypto as { readonly subtle?: unknown }).subtle === undefined) return { holds: false, code: 'NO_CRYPTO' };
  try {
    const event = JSON.parse(proof.entry) as Readonly<Record<string, unknown>>;
    if (event['eventId'] !== eventId) return { holds: false, code: 'PROOF_OF_ANOTHER_EVENT' };
    return { holds: true, proven: await verifyProof({ proof: proof.proof, event, vkey: vkey.trim() }) };
  } catch (error) {
    return { holds: false, code: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : String(error);
}
