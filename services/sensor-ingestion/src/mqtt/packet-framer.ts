const PUBLISH = 3;
/** The longest a PUBLISH can have beside its payload: topic with its length, packet id. */
const LONGEST_HEADER = 65_535 + 2 + 2;
const EMPTY = Buffer.alloc(0);

type Step = { readonly at: 'header' } | { readonly at: 'length'; readonly bytes: readonly number[] } | { readonly at: 'body' };

/**
 * Bounds what one packet can take of memory: a packet may announce 256 MB, and the parser behind us keeps all of it.
 * A PUBLISH that cannot fit the payload limit is cut to just above the limit, so that it is refused with its sender,
 * topic and first bytes known; a longer packet of another kind is an error.
 */
export class PacketFramer {
  private step: Step = { at: 'header' };
  private pass = 0;
  private swallow = 0;
  /** Bytes cut off, of each cut packet, in order. */
  private readonly cut: number[] = [];
  private readonly longest: number;

  constructor(payloadLimit: number) {
    this.longest = payloadLimit + LONGEST_HEADER;
  }

  /** Length that marks a packet as cut; no whole one has it. */
  get cutLength(): number {
    return this.longest + 1;
  }

  /** To be asked once per packet of `cutLength`, in order. */
  takeCut(): number {
    return this.cut.shift() ?? 0;
  }

  /** What to hand on of this chunk. Throws on a packet that must end the connection. */
  next(chunk: Buffer): Buffer {
    return this.handOn(chunk, Infinity).handed;
  }

  /** The same, up to the end of the packet under way; `rest` is what comes after it, undefined before its end. */
  nextPacket(chunk: Buffer): { readonly handed: Buffer; readonly rest: Buffer | undefined } {
    return this.handOn(chunk, 1);
  }

  private handOn(chunk: Buffer, packets: number): { readonly handed: Buffer; readonly rest: Buffer | undefined } {
    const out: Buffer[] = [];
    let at = 0;
    let left = packets;
    while (at < chunk.length && left > 0) {
      if (this.step.at !== 'body') {
        const header = this.readHeader(chunk[at] ?? 0);
        at += 1;
        if (header !== undefined) out.push(header);
        if (header !== undefined && this.hasEnded()) left -= 1;
        continue;
      }
      const passed = Math.min(this.pass, chunk.length - at);
      if (passed > 0) out.push(chunk.subarray(at, at + passed));
      this.pass -= passed;
      const swallowed = Math.min(this.swallow, chunk.length - at - passed);
      this.swallow -= swallowed;
      at += passed + swallowed;
      if (this.pass > 0 || this.swallow > 0) continue;
      this.step = { at: 'header' };
      left -= 1;
    }
    return { handed: out.length === 0 ? EMPTY : Buffer.concat(out), rest: left === 0 ? chunk.subarray(at) : undefined };
  }

  /** A packet without a body is at its end with its length. */
  private hasEnded(): boolean {
    return this.step.at === 'header';
  }

  private readHeader(byte: number): Buffer | undefined {
    const bytes = this.step.at === 'length' ? [...this.step.bytes, byte] : [byte];
    this.step = { at: 'length', bytes };
    if (bytes.length === 1 || (byte & 0x80 && bytes.length < 5)) return undefined;
    if (byte & 0x80) throw new Error('The length of a packet has at most 4 bytes');
    return this.begin(bytes[0] ?? 0, bytes.slice(1).reduce((length, part, index) => length + (part & 0x7f) * 128 ** index, 0));
  }

  private begin(first: number, length: number): Buffer {
    const isCut = length > this.longest;
    if (isCut && first >> 4 !== PUBLISH) throw new Error(`A packet of this kind has at most ${this.longest} bytes, this one has ${length}`);
    this.pass = isCut ? this.cutLength : length;
    this.swallow = length - this.pass;
    if (isCut) this.cut.push(this.swallow);
    this.step = length === 0 ? { at: 'header' } : { at: 'body' };
    return Buffer.from([first, ...lengthBytes(this.pass)]);
  }
}

function lengthBytes(length: number): number[] {
  const bytes: number[] = [];
  let rest = length;
  do {
    const part = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? part | 0x80 : part);
  } while (rest > 0);
  return bytes;
}
