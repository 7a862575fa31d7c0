/** The files of an evidence package, wherever they lie: in an archive or in a folder. Names have `/` in them. */
export interface PackageFiles {
  readonly names: ReadonlySet<string>;
  read(name: string): Promise<Uint8Array>;
}
