import { MAX_NOTE_BYTES } from '../notes/signed-note.js';
import { boundedBody } from './bounded-body.js';
import { MAX_ENTRY_BYTES } from './entry-bundle.js';
import { TILE_WIDTH, type TileAddress } from './tile-address.js';
import { tilePath } from './tile-path.js';
import type { LogReader } from './tile-reader.port.js';

export interface HttpTilesOptions {
  /** Sent with every request, e.g. an Authorization header. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** A full bundle of the largest entries. */
const MAX_TILE_BYTES = TILE_WIDTH * (MAX_ENTRY_BYTES + 2);

/** A log served under a URL prefix, as C2SP tlog-tiles lays it out. */
export class HttpTiles implements LogReader {
  private readonly prefix: string;

  constructor(
    prefix: string,
    private readonly options: HttpTilesOptions = {},
  ) {
    this.prefix = prefix.replace(/\/+$/, '');
  }

  async tile(address: TileAddress): Promise<Uint8Array | undefined> {
    const answer = await this.get(tilePath(address));
    return answer === undefined ? undefined : boundedBody(answer, MAX_TILE_BYTES);
  }

  async checkpoint(): Promise<string | undefined> {
    const answer = await this.get('checkpoint');
    return answer === undefined ? undefined : (await boundedBody(answer, MAX_NOTE_BYTES)).toString('utf8');
  }

  /** 404 and 410 are answers; everything else that is not a success is a failure to read, not a fault of the log. */
  private async get(path: string): Promise<Response | undefined> {
    const { headers = {}, timeoutMs = 30_000, fetch: request = fetch } = this.options;
    const url = `${this.prefix}/${path}`;
    const answer = await request(url, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (answer.ok) return answer;
    await answer.body?.cancel();
    if (answer.status === 404 || answer.status === 410) return undefined;
    throw new Error(`${url} answered ${answer.status}`);
  }
}
