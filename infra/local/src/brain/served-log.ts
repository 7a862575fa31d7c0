import { z } from 'zod';
import { boundedBody, HttpTiles, type HttpTilesOptions } from '@brain/verifiable-log';

const rotations = z.array(z.string());

/** Each change of the key is a note of some 600 bytes. */
const MOST_BYTES = 4_000_000;

export const isAddress = (target: string): boolean => /^https?:\/\//.test(target);

/** A log on a server: static tiles and, where it offers them, its key rotations. */
export class ServedLog extends HttpTiles {
  constructor(
    private readonly url: string,
    private readonly settings: HttpTilesOptions = {},
  ) {
    super(url, settings);
  }

  /** None when the server has no such list: then the pinned key must still sign. */
  async keyRotations(): Promise<readonly string[]> {
    const { headers = {}, timeoutMs = 30_000 } = this.settings;
    const answer = await fetch(`${this.url.replace(/\/+$/, '')}/key-rotations`, { headers, signal: AbortSignal.timeout(timeoutMs) });
    if (answer.ok) return rotations.parse(JSON.parse((await boundedBody(answer, MOST_BYTES)).toString('utf8')));
    await answer.body?.cancel();
    if (answer.status === 404) return [];
    throw new Error(`${this.url}/key-rotations answered ${answer.status}`);
  }
}
