import { isLogFault, parseVerifierKey } from '@brain/verifiable-log';
import { z } from 'zod';

/** A witness that is asked to cosign. */
export interface WitnessSettings {
  readonly vkey: string;
  /** Submission prefix. */
  readonly url: string;
}

/** `<vkey> <url>`, several with commas or line ends between. */
export const witnessList = z
  .string()
  .default('')
  .transform((text) => text.split(/[,\n]/).map((part) => part.trim()).filter((part) => part !== ''))
  .pipe(z.array(z.string().transform(witnessOf)));

function witnessOf(text: string, context: z.RefinementCtx): WitnessSettings {
  const [vkey = '', url = '', ...more] = text.split(/\s+/);
  if (!isCosigner(vkey)) context.addIssue({ code: 'custom', message: `${vkey.slice(0, 80)} is not the key of a witness (cosignature/v1)` });
  if (!isHttp(url) || more.length > 0) context.addIssue({ code: 'custom', message: 'is not <vkey> <http address>, several with commas between' });
  return { vkey, url };
}

function isHttp(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

function isCosigner(vkey: string): boolean {
  try {
    return parseVerifierKey(vkey).algorithm === 'cosignature/v1';
  } catch (error) {
    if (isLogFault(error)) return false;
    throw error;
  }
}
