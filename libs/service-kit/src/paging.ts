import { DomainError } from '@brain/contracts';
import type { Response } from 'express';
import { z } from 'zod';

export const MAX_PAGE = 500;

/** A number in an address that must be there: `?lng=` is none, and not 0. */
export const queryNumber = (number: z.ZodType<number>) =>
  z.preprocess((given) => (typeof given === 'string' && given.trim() === '' ? undefined : given), number);

/** Query parameters of every list. */
export const listQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
  cursor: z.string().max(500).optional(),
});

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Pass it back as `cursor`; null on the last page. */
  readonly nextCursor: string | null;
}

/** Ask the database for `limit + 1` rows; the extra one tells that there is a next page. */
export function page<Item>(rows: readonly Item[], limit: number, keyOf: (item: Item) => readonly (string | number)[]): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null };
}

export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws DomainError CURSOR_INVALID */
export function decodeCursor(cursor: string | undefined, length: number): readonly (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  const key = z
    .array(z.union([z.string(), z.number()]))
    .length(length)
    .safeParse(parsed(cursor));
  if (key.success) return key.data;
  throw foreignCursor();
}

/** Of which type each part of a cursor is, the database alone knows: what it cannot read there (class 22) did not come from this list. */
export function foreignCursorIn(error: unknown, query: Readonly<Record<string, unknown>>): DomainError | undefined {
  const isUnreadable = error instanceof Error && 'code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code));
  return isUnreadable && query.cursor !== undefined ? foreignCursor() : undefined;
}

function foreignCursor(): DomainError {
  return new DomainError('CURSOR_INVALID', 'This cursor did not come from this list', [{ path: 'cursor', message: 'did not come from this list' }]);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Sets the ETag that commands take back as If-Match. */
export function withRevision<T extends { readonly revision: number }>(response: Response, body: T): T {
  response.setHeader('ETag', `"${String(body.revision)}"`);
  return body;
}
