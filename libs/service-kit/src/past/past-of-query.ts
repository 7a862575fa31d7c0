import { anyInstant, DomainError, PAST_AXES } from '@brain/contracts';
import { z } from 'zod';
import type { Past } from './past.js';

const axis = z.enum(PAST_AXES);

/**
 * The moment that `?at=&as=` asks for.
 * @throws DomainError AT_INVALID, AS_INVALID, AT_IN_FUTURE
 */
export function pastOfQuery(at: unknown, as: unknown, now: string): Past {
  const moment = anyInstant.safeParse(at);
  if (!moment.success) throw refused('AT_INVALID', 'at', 'is a time with its offset, as 2026-03-01T09:00:00+08:00');
  const side = axis.safeParse(as ?? 'recorded');
  if (!side.success) throw refused('AS_INVALID', 'as', `is one of ${PAST_AXES.join(', ')}`);
  if (moment.data > now) throw refused('AT_IN_FUTURE', 'at', `is after now, ${now}`);
  return { at: moment.data, as: side.data };
}

export function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path} ${message}`, [{ path, message }]);
}
