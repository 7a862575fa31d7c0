import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Fault {
  readonly status: number;
  readonly errors: readonly string[];
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly token: string;
  readonly namespace: string | undefined;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a Transit engine (OpenBao, HashiCorp Vault) answers to reading a key, encrypting and decrypting, errors word for word. */
export class TransitServer {
  readonly token = 'hvs.test-token';
  readonly asked: Asked[] = [];
  type = 'aes256-gcm96';
  minDecryptionVersion = 1;
  /** Set: every request is answered so. `silence`: none is answered. */
  fault: Fault | 'silence' | undefined;
  private readonly versions: Buffer[] = [randomBytes(32)];
  private readonly server: Server;

  /** @param tls PEM texts; without them it speaks plain HTTP */
  constructor(
    readonly key = 'community-brain',
    private readonly tls?: { readonly cert: string; readonly key: string },
  ) {
    const listener = (request: IncomingMessage, response: ServerResponse): void => {
      void this.answer(request).then(
        (answer) => {
          if (answer === undefined) return;
          response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
        },
        () => response.destroy(),
      );
    };
    this.server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `${this.tls === undefined ? 'http' : 'https'}://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  rotate(): void {
    this.versions.push(randomBytes(32));
  }

  private async answer(request: IncomingMessage): Promise<{ readonly status: number; readonly body: object } | undefined> {
    const { method = '', url = '', headers } = request;
    const [token, namespace] = [String(headers['x-vault-token']), headers['x-vault-namespace']];
    this.asked.push({ method, path: url, token, namespace: typeof namespace === 'string' ? namespace : undefined });
    if (this.fault === 'silence') return undefined;
    if (this.fault !== undefined) return refused(this.fault.status, ...this.fault.errors);
    if (token !== this.token) return refused(403, 'permission denied');
    const body = await text(request);
    return this.perform(`${method} ${url}`, (body === '' ? {} : JSON.parse(body)) as Record<string, unknown>);
  }

  private perform(what: string, body: Readonly<Record<string, unknown>>) {
    switch (what) {
      case `GET /v1/transit/keys/${this.key}`:
        return given({ name: this.key, type: this.type, derived: false, latest_version: this.versions.length, min_decryption_version: this.minDecryptionVersion });
      case `POST /v1/transit/encrypt/${this.key}`:
        return this.encrypt(body);
      case `POST /v1/transit/decrypt/${this.key}`:
        return this.decrypt(body);
      default:
        return what.startsWith('GET /v1/transit/keys/') ? refused(404) : refused(400, 'encryption key not found');
    }
  }

  private encrypt({ plaintext, associated_data: bound, key_version: version = this.versions.length }: Readonly<Record<string, unknown>>) {
    const key = this.versions[Number(version) - 1];
    if (key === undefined) return refused(400, 'requested version for encryption is higher than the latest key version');
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bytesOf(bound));
    const sealed = Buffer.concat([iv, cipher.update(bytesOf(plaintext)), cipher.final(), cipher.getAuthTag()]);
    return given({ ciphertext: `vault:v${String(version)}:${sealed.toString('base64')}`, key_version: version });
  }

  private decrypt({ ciphertext, associated_data: bound }: Readonly<Record<string, unknown>>) {
    const [, version, sealed] = /^vault:v(\d+):(.+)$/.exec(String(ciphertext)) ?? [];
    if (version === undefined || sealed === undefined) return refused(400, 'invalid ciphertext: no prefix');
    if (Number(version) < this.minDecryptionVersion) return refused(400, 'ciphertext or signature version is disallowed by policy (too old)');
    const key = this.versions[Number(version) - 1];
    if (key === undefined) return refused(400, 'invalid ciphertext: version is too new');
    const bytes = Buffer.from(sealed, 'base64');
    try {
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(bytesOf(bound)).setAuthTag(bytes.subarray(-TAG_BYTES));
      return given({ plaintext: Buffer.concat([cipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), cipher.final()]).toString('base64') });
    } catch {
      return refused(400, 'cipher: message authentication failed');
    }
  }
}

function given(data: object) {
  return { status: 200, body: { request_id: 'b2f8', lease_id: '', renewable: false, lease_duration: 0, data, wrap_info: null, warnings: null, auth: null } };
}

function refused(status: number, ...errors: readonly string[]) {
  return { status, body: { errors } };
}

function bytesOf(base64: unknown): Buffer {
  return Buffer.from(typeof base64 === 'string' ? base64 : '', 'base64');
}
