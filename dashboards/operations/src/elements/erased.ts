import i18next from 'i18next';
import { ERASED } from '@brain/contracts';
import { shellMessages } from '../i18n/messages/shell.js';

const WORDS: ReadonlySet<string> = new Set([ERASED, ...Object.values(shellMessages).map(({ erased }) => erased)]);

/** For `JSON.parse`: what stands for an erased person, in the words of the reader. */
export function sayErased(_: string, value: unknown): unknown {
  return value === ERASED ? i18next.t('shell.erased') : value;
}

/** The same for what did not come as text. */
export function withErased<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), sayErased) as T;
}

/** Whether it stands for what was erased, said in whichever language the screen had then. */
export function saysErased(text: string): boolean {
  return WORDS.has(text);
}
