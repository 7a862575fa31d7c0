import { sha256, ZipWriter, type EvidenceFile } from '@brain/verifiable-log';

/** Files on their way into an archive, each listed with its hash. */
export class EvidenceArchive {
  private readonly zip: ZipWriter;
  private readonly listed: EvidenceFile[] = [];

  constructor(at: Date) {
    this.zip = new ZipWriter(at);
  }

  get files(): readonly EvidenceFile[] {
    return this.listed;
  }

  /** The bytes to send for a file that the manifest lists. */
  listedFile(path: string, content: string | Uint8Array): Buffer {
    const bytes = bytesOf(content);
    this.listed.push({ path, size: bytes.length, sha256: sha256(bytes).toString('hex') });
    return this.zip.file(path, bytes);
  }

  /** The bytes to send for the manifest itself and its signature. */
  unlistedFile(path: string, content: string | Uint8Array): Buffer {
    return this.zip.file(path, bytesOf(content));
  }

  end(): Iterable<Buffer> {
    return this.zip.end();
  }
}

/** Not copied: a manifest may be large. */
function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
