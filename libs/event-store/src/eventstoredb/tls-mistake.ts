import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import type { DomainError } from '@brain/contracts';
import { isNotTrusted, notTrusted, refused } from './store-fault.js';
import type { StoreHost, StoreUrl } from './store-url.js';

const ANSWER_WITHIN_MS = 1_000;
/** OpenSSL's words for an answer that is not TLS; a server without TLS may also just hang up. */
const NO_TLS = /wrong version number|packet length too long|unsupported protocol|EPROTO/i;

type Handshake = { readonly isDone: true } | { readonly isDone: false; readonly failure: string };

/**
 * Why a server that is there cannot be reached, when TLS is the reason: asked once it did not answer, for the client
 * does not tell a server that hangs up from one that is away, and tells nothing at all when it looks for a cluster.
 */
export async function tlsMistake({ isTls, caFile, hosts }: StoreUrl): Promise<DomainError | undefined> {
  for (const host of hosts) {
    const outcome = await handshake(host, isTls ? { caFile } : 'whoever');
    if (!isTls && outcome.isDone) {
      return refused(`The EventStoreDB at ${nameOf(host)} speaks TLS, and tls=false says that it does not`, 'take tls=false out of BRAIN_EVENTSTOREDB_URL');
    }
    if (!isTls || outcome.isDone) continue;
    if (NO_TLS.test(outcome.failure)) {
      return refused(`The EventStoreDB at ${nameOf(host)} does not speak TLS`, 'give it a certificate, or say tls=false in BRAIN_EVENTSTOREDB_URL');
    }
    if (isNotTrusted(outcome.failure)) return notTrusted(outcome.failure);
  }
  return undefined;
}

async function handshake({ address, port }: StoreHost, trust: { readonly caFile: string | undefined } | 'whoever'): Promise<Handshake> {
  const ca = trust === 'whoever' || trust.caFile === undefined ? undefined : await readFile(trust.caFile).catch(() => undefined);
  return new Promise((resolve) => {
    const socket = connect({
      ...{ host: address, port, ALPNProtocols: ['h2'], rejectUnauthorized: trust !== 'whoever' },
      ...(/^[\d.]+$/.test(address) ? {} : { servername: address }),
      ...(ca === undefined ? {} : { ca }),
    });
    const end = (outcome: Handshake) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(outcome);
    };
    const timer = setTimeout(() => end({ isDone: false, failure: 'no answer' }), ANSWER_WITHIN_MS);
    socket.once('secureConnect', () => end({ isDone: true }));
    socket.once('error', ({ message }: Error) => end({ isDone: false, failure: message }));
  });
}

function nameOf({ address, port }: StoreHost): string {
  return `${address}:${String(port)}`;
}
