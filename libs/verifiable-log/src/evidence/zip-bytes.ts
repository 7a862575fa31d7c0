import { LogFault } from '../log-fault.js';

/** Any part of a file; shorter where the file ends. */
export interface RandomAccess {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
}

export async function exactly(file: RandomAccess, offset: number, length: number): Promise<Buffer> {
  if (offset < 0 || length < 0 || offset + length > file.size) throw malformedZip('it is cut off');
  return file.read(offset, length);
}

export function malformedZip(what: string): LogFault {
  return new LogFault('PACKAGE_MALFORMED', `Not a sound ZIP archive: ${what}`);
}
