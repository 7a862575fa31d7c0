import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '@brain/service-kit';
import { addSignatures, isMissingFile, parseCheckpoint, parseNote } from '@brain/verifiable-log';
import { z } from 'zod';

const FOLDER = 'witnessed';
const DISPUTE = '.dispute';

const dispute = z.strictObject({ code: z.string(), message: z.string(), treeSize: z.number(), at: z.string() });
/** A witness says that we showed it another history. */
export type WitnessDispute = z.infer<typeof dispute>;

/**
 * What witnesses have said, beside the log: of each the last checkpoint it cosigned, and whether it disagrees. Files, so
 * that it outlasts a restart and every process of the service sees the same.
 */
export class Witnessed {
  private readonly folder: string;

  constructor(logFolder: string) {
    this.folder = path.join(logFolder, FOLDER);
  }

  /** The last checkpoint this witness cosigned, its cosignature last; undefined: none yet. */
  async cosigned(keyId: string): Promise<string | undefined> {
    return this.textOf(keyId);
  }

  async size(keyId: string): Promise<number> {
    const note = await this.cosigned(keyId);
    return note === undefined ? 0 : parseCheckpoint(parseNote(note).text).size;
  }

  /** It agrees again, if it did not. */
  async keep(keyId: string, note: string): Promise<void> {
    await writeDurably([{ file: path.join(this.folder, keyId), bytes: Buffer.from(note, 'utf8') }]);
    await rm(path.join(this.folder, keyId + DISPUTE), { force: true });
  }

  async keepDispute(keyId: string, said: WitnessDispute): Promise<void> {
    await writeDurably([{ file: path.join(this.folder, keyId + DISPUTE), bytes: Buffer.from(`${JSON.stringify(said)}\n`, 'utf8') }]);
  }

  /** What the first of these witnesses that disagrees has said. */
  async disputed(keyIds: readonly string[]): Promise<WitnessDispute | undefined> {
    for (const keyId of keyIds) {
      const text = await this.textOf(keyId + DISPUTE);
      if (text !== undefined) return dispute.parse(JSON.parse(text));
    }
    return undefined;
  }

  /** The checkpoint with the cosignatures that have come for it. */
  async withCosignatures(checkpoint: string): Promise<string> {
    const { text, signatures } = parseNote(checkpoint);
    const known = new Set(signatures.map(({ keyId }) => keyId));
    const notes = await Promise.all((await this.names()).map((name) => this.textOf(name)));
    const added = notes.flatMap((note) => {
      const cosigned = note === undefined ? undefined : parseNote(note);
      return cosigned?.text === text ? cosigned.signatures.filter(({ keyId }) => !known.has(keyId)) : [];
    });
    return added.length === 0 ? checkpoint : addSignatures(checkpoint, added);
  }

  private async names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.folder)).filter((name) => /^[0-9a-f]{8}$/.test(name));
    } catch (error) {
      if (isMissingFile(error)) return [];
      throw error;
    }
  }

  private async textOf(name: string): Promise<string | undefined> {
    try {
      return await readFile(path.join(this.folder, name), 'utf8');
    } catch (error) {
      if (isMissingFile(error)) return undefined;
      throw error;
    }
  }
}
