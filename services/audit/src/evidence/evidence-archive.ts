import { DeflatedText, PACKAGE, sha256, ZipWriter, type EvidenceManifest } from '@brain/verifiable-log';

/** Everything a manifest says but for the files. */
export type ManifestHead = Omit<EvidenceManifest, 'files'>;

/**
 * Files on their way into an archive, each listed in the manifest with its hash. The manifest is written along and kept
 * compressed: the list of a large package would fill the memory.
 */
export class EvidenceArchive {
  private readonly zip: ZipWriter;
  private readonly manifest = new DeflatedText();
  private between = '';

  constructor(at: Date, head: ManifestHead) {
    this.zip = new ZipWriter(at);
    this.manifest.write(JSON.stringify({ ...head, files: [] } satisfies EvidenceManifest, null, 1).replace(/\]\n\}$/, ''));
  }

  /** The bytes to send for a file that the manifest lists. */
  listedFile(path: string, content: string | Uint8Array): Buffer {
    const bytes = bytesOf(content);
    this.manifest.write(`${this.between}\n  ${JSON.stringify({ path, size: bytes.length, sha256: sha256(bytes).toString('hex') })}`);
    this.between = ',';
    return this.zip.file(path, bytes);
  }

  /** The rest: the manifest, its signature, and the directory. Nothing is listed afterwards. @param sign of the manifest's SHA-256 in hex */
  *end(sign: (hash: string) => string): Generator<Buffer> {
    this.manifest.write('\n ]\n}\n');
    const manifest = this.manifest.end();
    yield* this.zip.deflatedFile(PACKAGE.manifest, manifest);
    yield this.zip.file(PACKAGE.manifestNote, bytesOf(sign(manifest.sha256)));
    yield* this.zip.end();
  }
}

/** Not copied: a file may be large. */
function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}
