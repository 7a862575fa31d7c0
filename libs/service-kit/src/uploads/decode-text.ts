import { DomainError } from '@brain/contracts';

/** A superset of GBK and GB 2312, which spreadsheets on Chinese systems still write. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;
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
  const tries = (wide === undefined ? ENCODINGS : [wide]).map((encoding) => {
    const text = new TextDecoder(encoding).decode(bytes);
    return { text, bad: badLinesOf(text) };
  });
  const best = tries.reduce((fewest, one) => (one.bad.length < fewest.bad.length ? one : fewest));
  const [first] = best.bad;
  if (first === undefined) return best.text;
  const lines = best.text.split('\n').length;
  if (first > 1 && best.bad.length < lines * BAD_SHARE) return best.text;
  const message = 'has a character that is neither UTF-8 nor UTF-16 nor GBK';
  throw new DomainError('CSV_ENCODING_UNKNOWN', `line ${String(first)}: ${message}`, [{ path: `line ${String(first)}`, message }]);
}

/** Whether a cell of a decoded file is what was written. */
export function isCleanText(text: string): boolean {
  return !NOT_TEXT.test(text);
}

/** Counting from 1. */
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
