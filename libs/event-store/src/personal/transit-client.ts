import { readFileSync } from 'node:fs';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { DomainError } from '@brain/contracts';
import { MASTER_KEY_REFUSED } from './master-keys.port.js';

/** Where a Transit engine (OpenBao, HashiCorp Vault) is and what is asked of it. */
export interface TransitPlace {
  readonly url: string;
  /** Where the engine is mounted. */
  readonly mount: string;
  readonly key: string;
  /** Read again for every request: an agent beside us renews the token. */
  readonly tokenFile: string;
  readonly caFile?: string | undefined;
  readonly namespace?: string | undefined;
  readonly timeoutMs: number;
}

export interface TransitAnswer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly string[];
}

export const MASTER_KEYS_UNAVAILABLE = 'MASTER_KEYS_UNAVAILABLE';
/** Waiting does not mend these. */
const CERTIFICATE = new Set([
  'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID', 'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
/** People are unlocked a page at a time; a KMS is not to be flooded. */
const MOST_AT_ONCE = 16;

/** One request each, JSON in and out. What a KMS cannot answer just now is MASTER_KEYS_UNAVAILABLE; anything else it says is given back. */
export class TransitClient {
  private readonly agent: HttpAgent;
  private hasAnswered = false;

  constructor(private readonly place: TransitPlace) {
    const { url, caFile } = place;
    const options = { keepAlive: true, maxSockets: MOST_AT_ONCE };
    this.agent = isHttps(url) ? new HttpsAgent({ ...options, ...(caFile === undefined ? {} : { ca: textOf(caFile, 'BRAIN_MASTER_KEY_KMS_CA_FILE') }) }) : new HttpAgent(options);
  }

  /** `path` below the mount. */
  async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<TransitAnswer> {
    const answer = await this.send(method, path, body === undefined ? '' : JSON.stringify(body));
    if (answer.status < 500 && answer.status !== 429) return answer;
    throw this.unavailable(`it answered ${String(answer.status)} ${answer.errors.join('; ')}`.trim());
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, body: string): Promise<TransitAnswer> {
    const { url, mount, namespace, tokenFile, timeoutMs } = this.place;
    const token = textOf(tokenFile, 'BRAIN_MASTER_KEY_KMS_TOKEN_FILE').trim();
    const headers = {
      'x-vault-token': token,
      'x-vault-request': 'true',
      ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
      ...(body === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
    };
    const target = new URL(`${url.replace(/\/+$/, '')}/v1/${mount}/${path}`);
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => reject(this.failed(error));
      const send = isHttps(url) ? httpsRequest : httpRequest;
      const request = send(target, { method, headers, agent: this.agent, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          this.hasAnswered = true;
          resolve(answerOf(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')));
        });
      });
      request.on('error', fail);
      request.end(body);
    });
  }

  private failed(error: Error): DomainError {
    const { url, timeoutMs } = this.place;
    // One that runs out while we work is renewed at the KMS: that is worth waiting for.
    if (!this.hasAnswered && 'code' in error && CERTIFICATE.has(String(error.code))) {
      return new DomainError(MASTER_KEY_REFUSED, `the certificate of the KMS at ${url} is not to be trusted (${error.message}): check BRAIN_MASTER_KEY_KMS_CA_FILE`);
    }
    // Nobody but the clock aborts it.
    return this.unavailable(error.name === 'AbortError' ? `no answer within ${String(timeoutMs)} ms` : error.message);
  }

  private unavailable(why: string): DomainError {
    return new DomainError(MASTER_KEYS_UNAVAILABLE, `the KMS at ${this.place.url} does not give master key ${this.place.key}: ${why}`);
  }
}

function isHttps(url: string): boolean {
  return url.startsWith('https:');
}

function answerOf(status: number, text: string): TransitAnswer {
  try {
    const { data, errors } = JSON.parse(text) as { data?: Record<string, unknown>; errors?: string[] };
    return { status, data: data ?? {}, errors: errors ?? [] };
  } catch {
    // An intermediary answered: its status is all we know.
    return { status: status === 200 ? 502 : status, data: {}, errors: [] };
  }
}

function textOf(file: string, variable: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new DomainError(MASTER_KEY_REFUSED, `${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''}): check ${variable}`);
  }
}
