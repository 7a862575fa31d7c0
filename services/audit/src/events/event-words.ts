const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** More would make an index entry that nobody searches for and that every rebuild pays for. */
const MOST_WORDS = 2_000;
const LONGEST_WORD = 64;
/** A run of Chinese or Japanese, which has no spaces between words, or a word of another script. */
const RUN = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}])+/gu;
const UNSPACED = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** The words of an event's data to search by, each once: not its ids and times, which have searches of their own. */
export function wordsOf(data: unknown): readonly string[] {
  const words = new Set<string>();
  for (const text of stringsOf(data)) {
    if (ID.test(text) || INSTANT.test(text)) continue;
    for (const run of runsOf(text)) for (const word of indexed(run)) words.add(word);
    if (words.size >= MOST_WORDS) break;
  }
  return [...words].slice(0, MOST_WORDS);
}

/** What all must be in the words of an event that `text` finds, as a `tsquery`; undefined when it has no word. */
export function wordsAsked(text: string): string | undefined {
  const asked = new Set(runsOf(text).flatMap(askedFor));
  return asked.size === 0 ? undefined : [...asked].join(' & ');
}

/** The ids that the data names. */
export function idsOf(data: unknown): readonly string[] {
  return [...new Set(stringsOf(data).filter((text) => ID.test(text)).map((id) => id.toLowerCase()))];
}

function stringsOf(value: unknown, found: string[] = []): readonly string[] {
  if (typeof value === 'string') found.push(value);
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) stringsOf(part, found);
  return found;
}

/** Small letters and digits alone: nothing in them has a meaning to LIKE, to a tsquery or in JSON. */
export function runsOf(text: string): readonly string[] {
  return text.toLowerCase().match(RUN) ?? [];
}

/** Pairs of characters, and the last alone: so that every single character begins one of them. */
function indexed(run: string): string[] {
  if (!UNSPACED.test(run)) return [run.slice(0, LONGEST_WORD)];
  const characters = Array.from(run);
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}

/** A word or character finds what begins with it. */
function askedFor(run: string): string[] {
  if (!UNSPACED.test(run)) return [`'${run.slice(0, LONGEST_WORD)}':*`];
  const characters = Array.from(run);
  if (characters.length === 1) return [`'${run}':*`];
  return characters.slice(0, -1).map((character, at) => `'${character}${characters[at + 1] ?? ''}'`);
}

/** Words as a `tsvector` is written: none has a quote in it. Null: there are none. */
export function wordsAsVector(words: readonly string[]): string | null {
  return words.length === 0 ? null : `'${words.join("' '")}'`;
}
