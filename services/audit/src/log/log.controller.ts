import { Controller, Get, Header, Inject, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { CurrentActor, EVERYWHERE, Public, Roles, type Actor } from '@brain/auth';
import { DomainError, READERS } from '@brain/contracts';
import { consistencyProof, isLogFault, parseTilePath, readTile, TILE_WIDTH, toBase64, type TileAddress } from '@brain/verifiable-log';
import { queryNumber, ReadsPersonalData } from '@brain/service-kit';
import { LogFolder } from './log-folder.js';
import { readLogKeys } from './log-keys.js';
import { LogLedger } from './log-ledger.js';
import { LOG_SETTINGS, type LogSettings } from './log-settings.js';
import { Witnessed } from '../witnesses/witnessed.js';

const TEXT = 'text/plain; charset=utf-8';
/** What was published never changes; only a partial tile goes when it has become a full one. */
const FOR_EVER = 'public, max-age=31536000, immutable';
const PREFIX = '/api/audit/log/';

const position = queryNumber(z.coerce.number().int().min(0));
const sizes = z.strictObject({ from: position, to: position });

/**
 * The log as C2SP tlog-tiles. Hashes tell nothing and are for everybody, so that anyone may witness; entries are the
 * events themselves, of all areas.
 */
@Controller('api/audit/log')
export class LogController {
  constructor(
    private readonly folder: LogFolder,
    private readonly ledger: LogLedger,
    private readonly witnessed: Witnessed,
    @Inject(LOG_SETTINGS) private readonly settings: LogSettings,
  ) {}

  @Public()
  @Get('checkpoint')
  @Header('Content-Type', TEXT)
  @Header('Cache-Control', 'no-cache')
  async checkpoint(): Promise<string> {
    const checkpoint = await this.folder.checkpoint();
    if (checkpoint === undefined) throw new DomainError('LOG_NOT_FOUND', 'Nothing is in the log yet');
    return this.witnessed.withCosignatures(checkpoint);
  }

  /** The key to pin, as signed notes write it. */
  @Public()
  @Get('vkey')
  @Header('Content-Type', TEXT)
  async vkey(): Promise<string> {
    const [current] = await readLogKeys(this.settings);
    return `${current?.vkey ?? ''}\n`;
  }

  /** The statements by which each key named its successor. */
  @Public()
  @Get('key-rotations')
  async keyRotations(): Promise<readonly string[]> {
    return this.folder.keyRotations();
  }

  /** That the log of `to` entries continues the log of `from`: the hashes that a verifier could also take from the tiles. */
  @Public()
  @Get('consistency')
  async consistency(@Query({ schema: sizes }) { from, to }: z.infer<typeof sizes>): Promise<ConsistencyAnswer> {
    const { size } = await this.ledger.head();
    if (from > to || to > size) {
      throw new DomainError('LOG_SIZE_NOT_REACHED', `The log has ${size} entries`, [{ path: from > to ? 'from' : 'to', message: `is at most ${from > to ? to : size}` }]);
    }
    return { from, to, hashes: (await consistencyProof(this.folder, from, to)).map(toBase64) };
  }

  @Roles(...READERS.logEntry)
  @Get('tile/entries/*path')
  @ReadsPersonalData('audit-record', { answersItself: true, inPieces: true, takenAs: 'archive' })
  async entries(@CurrentActor() actor: Actor, @Req() request: Request, @Res() response: Response): Promise<void> {
    if (!actor.areaCodes.includes(EVERYWHERE)) {
      throw new DomainError('AREA_OUT_OF_SCOPE', 'Entries of the log are of all areas: ask for the events of yours, each has its proof');
    }
    await this.send(request, response, 'private, max-age=31536000, immutable');
  }

  @Public()
  @Get('tile/*path')
  async tile(@Req() request: Request, @Res() response: Response): Promise<void> {
    await this.send(request, response, FOR_EVER);
  }

  private async send(request: Request, response: Response, caching: string): Promise<void> {
    const bytes = await this.read(addressIn(request));
    response.setHeader('Content-Type', 'application/octet-stream');
    response.setHeader('Cache-Control', caching);
    response.end(bytes);
  }

  private async read(address: TileAddress): Promise<Uint8Array> {
    try {
      return await readTile(this.folder, address);
    } catch (error) {
      if (isLogFault(error) && error.code === 'TILE_MISSING') throw new DomainError('TILE_NOT_FOUND', 'The log has no such tile (yet)');
      throw error;
    }
  }
}

interface ConsistencyAnswer {
  readonly from: number;
  readonly to: number;
  /** Base64, in the order of RFC 6962. */
  readonly hashes: readonly string[];
}

function addressIn(request: Request): TileAddress {
  try {
    const address = parseTilePath(request.path.slice(PREFIX.length));
    if (address.width <= TILE_WIDTH) return address;
  } catch (error) {
    if (!isLogFault(error)) throw error;
  }
  throw new DomainError('TILE_NOT_FOUND', 'This does not name a tile');
}
