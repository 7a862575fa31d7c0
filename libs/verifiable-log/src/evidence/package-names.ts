const EVENT = /^events\/([^/]+)\.json$/;

/** Where things are in an evidence package. */
export const PACKAGE = {
  manifest: 'manifest.json',
  manifestNote: 'manifest.note',
  checkpoint: 'checkpoint',
  vkey: 'vkey',
  rotations: 'key-rotations/',
  summary: 'index.html',
  readme: 'README.txt',
  verifier: 'verifier.mjs',
  /** Proves one event; the verifier builds on it. */
  page: 'proof.mjs',
  /** As the log holds it: what the leaf is made of. */
  event: (id: string) => `events/${id}.json`,
  /** The same with its personal values readable. */
  readable: (id: string) => `readable/${id}.json`,
  proof: (id: string) => `proofs/${id}.tlog-proof`,
  /** The id of the event that lies there. */
  eventIn: (path: string): string | undefined => EVENT.exec(path)?.[1],
} as const;
