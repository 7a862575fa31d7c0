import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** First choice of the page's style: behind other fonts, Chromium draws a text of several faces in boxes and leaves it so once they are there. */
const EMBEDDED_FONT = 'EvidenceSansSC';

interface Face {
  readonly file: string;
  /** Its Chinese characters only. */
  readonly codes: readonly (readonly [from: number, to: number])[];
}

/** Below are no Chinese characters, and every computer has a font for the rest. */
const FIRST_CHINESE = 0x2e80;

/** The page with those parts of a Chinese font in it that its characters need: it reads the same on any computer, from nowhere else. */
export async function withEmbeddedFont(page: string): Promise<string> {
  const codes = new Set(Array.from(page, (char) => char.codePointAt(0) ?? 0).filter((code) => code >= FIRST_CHINESE));
  const needed = (await faces()).filter((face) => face.codes.some(([from, to]) => [...codes].some((code) => code >= from && code <= to)));
  const css = await Promise.all(needed.map(faceWithFont));
  return page.replace('</style>', () => `${css.join('')}</style>`);
}

async function faceWithFont({ file, codes }: Face): Promise<string> {
  const font = await readFile(path.join(folder(), file));
  return `@font-face { font-family: ${EMBEDDED_FONT}; font-weight: 100 900; src: url(data:font/woff2;base64,${font.toString('base64')}); unicode-range: ${codes.map(rangeOf).join(', ')} }\n`;
}

async function faces(): Promise<readonly Face[]> {
  const css = await readFile(path.join(folder(), 'index.css'), 'utf8');
  return [...css.matchAll(/url\(\.\/(files\/[\w-]+\.woff2)\)[^}]*unicode-range: *([^;}]+)/g)].map(([, file = '', range = '']) => ({
    file,
    codes: range.split(',').map(codesOf).filter(([from]) => from >= FIRST_CHINESE),
  }));
}

/** `U+4e00-4e0f` or `U+4e00`. */
function codesOf(range: string): readonly [number, number] {
  const [from = '', to = from] = range.trim().slice(2).split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
}

function rangeOf([from, to]: readonly [number, number]): string {
  return `U+${from.toString(16)}-${to.toString(16)}`;
}

function folder(): string {
  return path.dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/index.css'));
}
