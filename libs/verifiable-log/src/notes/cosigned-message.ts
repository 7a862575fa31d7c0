const TIME_BYTES = 8;

export interface Timestamped {
  /** Seconds since 1970. */
  readonly time: bigint;
  readonly signature: Uint8Array;
}

/** What a witness signs (C2SP tlog-cosignature v1): a header, its time, and the text of the checkpoint. */
export function cosignedMessage(text: string, time: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${time}\n${text}`, 'utf8');
}

/** The time and the Ed25519 signature in a cosignature; undefined when it cannot be one. */
export function readTimestamped(bytes: Uint8Array): Timestamped | undefined {
  if (bytes.length !== TIME_BYTES + 64) return undefined;
  const time = Buffer.from(bytes).readBigUInt64BE(0);
  return time >= 2n ** 63n ? undefined : { time, signature: bytes.subarray(TIME_BYTES) };
}

export function writeTimestamped({ time, signature }: Timestamped): Buffer {
  const head = Buffer.alloc(TIME_BYTES);
  head.writeBigUInt64BE(time);
  return Buffer.concat([head, signature]);
}
