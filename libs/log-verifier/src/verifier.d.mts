/** What an evidence package shows once it is checked. `root` is base64. */
export interface ProvenPackage {
  readonly origin: string;
  readonly events: number;
  readonly withheld: number;
  readonly size: number;
  readonly root: string;
}

/** Rejects with a `VerifierFault` unless the package is as the log's keeper signed it and every event of it is in the log. Names have `/` in them. */
export function verifyPackage(claim: {
  readonly names: Iterable<string>;
  readonly read: (name: string) => Promise<Uint8Array>;
  readonly vkey: string;
  readonly origin?: string | undefined;
}): Promise<ProvenPackage>;
