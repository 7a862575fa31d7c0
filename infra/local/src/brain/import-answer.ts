/** A line of a CSV, or the index of a GeoJSON feature or of a rule, that was not taken. */
export interface RefusedPart {
  readonly line?: number;
  readonly index?: number;
  readonly code: string;
  readonly path: string;
  readonly message?: string;
}

export interface ImportAnswer {
  readonly imported: number;
  readonly unchanged?: number;
  readonly refused: readonly RefusedPart[];
  /** Of devices: their tokens are told this once. */
  readonly devices?: readonly { readonly deviceId: string; readonly name: string; readonly accessToken: string | null }[];
}
