import i18next from 'i18next';
import { ERASED } from '@brain/contracts';

/** For `JSON.parse`: what stands for an erased person, in the words of the reader. */
export function sayErased(_: string, value: unknown): unknown {
  return value === ERASED ? i18next.t('shell.erased') : value;
}

/** The same for what did not come as text. */
export function withErased<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), sayErased) as T;
}
