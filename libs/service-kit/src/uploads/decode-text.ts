import { DomainError } from '@brain/contracts';

/** Unassigned, private and control characters: what other encodings look like when read as one of these. */
const NOT_TEXT = /[\p{Co}\p{Cn}\uFFFD]|[^\P{Cc}\t\r\n]/u;
/** A file with more bad lines than this is no file of the encoding with a few bad characters. */
const BAD_SHARE = 0.25;

/**
 * UTF-8, UTF-16 or GBK (GB 18030), each with or without a byte order mark. A few lines that are not of the encoding
 * keep their place and are `isCleanText` no more; more of them, or a bad first line, is CSV_ENCODING_UNKNOWN with the line.
 */
export function decodeText(bytes: Uint8Array): string {
  const wide = wideEncodingOf(bytes);
  const { text, bad } = wide === undefined ? narrow(bytes) : decoded(wide, bytes);
  const [first] = bad;
  if (first === undefined || (first > 1 && bad.length < text.split('\n').length * BAD_SHARE)) return text;
  const message = 'has a character that is neither UTF-8 nor UTF-16 nor GBK';
  throw new DomainError('CSV_ENCODING_UNKNOWN', `line ${String(first)}: ${message}`, [{ path: `line ${String(first)}`, message }]);
}

/** Whether a cell of a decoded file is what was written. */
export function isCleanText(text: string): boolean {
  return !NOT_TEXT.test(text);
}

interface Decoded {
  readonly text: string;
  /** Lines that are not of the encoding, counting from 1. */
  readonly bad: readonly number[];
}

/**
 * UTF-8, or GB 18030: a superset of GBK and GB 2312, which spreadsheets on Chinese systems still write. Fewest bad lines is
 * no measure: GB 18030 reads most of Chinese in UTF-8 as other characters. Text that is UTF-8 hardly comes about by chance,
 * so UTF-8 it is where more lines are that, beyond ASCII, than are not.
 */
function narrow(bytes: Uint8Array): Decoded {
  const utf8 = decoded('utf-8', bytes);
  if (utf8.bad.length === 0) return utf8;
  const beyondAscii = utf8.text.split('\n').filter((line) => /[^\p{ASCII}]/u.test(line)).length;
  if (beyondAscii - utf8.bad.length > utf8.bad.length) return utf8;
  const gb = decoded('gb18030', bytes);
  return gb.bad.length < utf8.bad.length ? gb : utf8;
}

function decoded(encoding: string, bytes: Uint8Array): Decoded {
  const text = new TextDecoder(encoding).decode(bytes);
  return { text, bad: badLinesOf(text) };
}

function badLinesOf(text: string): readonly number[] {
  if (isCleanText(text)) return [];
  return text.split('\n').flatMap((line, index) => (isCleanText(line) ? [] : [index + 1]));
}

/** By the mark, or by a first line of ASCII: every other byte of it is NUL. */
function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return 'utf-16be';
  return undefined;
}
