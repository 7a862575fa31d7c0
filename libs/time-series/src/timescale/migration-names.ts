/** Names as SQL writes them. */
export interface MigrationNames {
  /** The schema of the readings, escaped as an identifier. */
  readonly at: string;
  /** The same, as a literal. */
  readonly schema: string;
  /** The schema of the extension's functions, escaped as an identifier. */
  readonly extension: string;
  /** The key of the lock between writers and upkeep, an expression. */
  readonly lockKey: string;
}
