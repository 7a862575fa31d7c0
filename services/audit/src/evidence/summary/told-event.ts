import { ERASED } from '@brain/contracts';

/** An event of the package with its personal values readable. */
export interface ToldEvent {
  readonly eventId: string;
  readonly index: number;
  readonly type: string;
  readonly streamId: string;
  readonly time: string;
  readonly areaCode: string | null;
  readonly actor: { readonly type: string; readonly id: string };
  readonly data: Readonly<Record<string, unknown>>;
}

/** `case-management.case-dispatched.v1` → `case-dispatched`. */
export function nameOf({ type }: Pick<ToldEvent, 'type'>): string {
  return type.split('.')[1] ?? type;
}

/** The text of a field; erased text says so; undefined: there is none. */
export function textIn(data: ToldEvent['data'], field: string): string | undefined {
  const value = data[field];
  if (value === ERASED) return '已注销 erased';
  return typeof value === 'string' && value !== '' ? value : undefined;
}
