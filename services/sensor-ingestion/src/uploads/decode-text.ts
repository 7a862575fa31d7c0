import { DomainError } from '@brain/contracts';

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
/** A superset of GBK and GB 2312, which spreadsheets on Chinese systems still write. */
const GB_18030 = new TextDecoder('gb18030', { fatal: true });
/** Unassigned, private and control characters: what other encodings look like when read as GBK. */
const NOT_TEXT = /[\p{Co}\p{Cn}\uFFFD]|[^\P{Cc}\t\r\n]/u;

/** UTF-8 with or without a byte order mark, else GBK when that gives clean text; else CSV_ENCODING_UNKNOWN. */
export function decodeText(bytes: Uint8Array): string {
  for (const decoder of [UTF_8, GB_18030]) {
    const text = decoded(decoder, bytes);
    if (text !== undefined && !NOT_TEXT.test(text)) return text;
  }
  throw new DomainError('CSV_ENCODING_UNKNOWN', 'The file is neither UTF-8 nor GBK', [{ path: 'body', message: 'is neither UTF-8 nor GBK' }]);
}

function decoded(decoder: typeof UTF_8, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
