import { START, type Position, type ReadPosition } from '@eventstore/db-client';
import { START_POSITION } from '../event-store.port.js';

const DIGITS = 20;

/** Both numbers with leading zeros, so that positions sort as text. */
export function textOf({ commit, prepare }: Position): string {
  return `${String(commit).padStart(DIGITS, '0')}-${String(prepare).padStart(DIGITS, '0')}`;
}

export function positionOf(text: string): ReadPosition {
  if (text === START_POSITION) return START;
  const [commit = '', prepare = ''] = text.split('-');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}

export function later(one: string, other: string): string {
  return one > other ? one : other;
}
