import type { DeviceProfile, DeviceView, Location } from '@brain/contracts';

/** As the form has it: a place is two numbers, of which either may be missing. */
export interface DeviceForm {
  readonly name: string;
  readonly kind: string;
  readonly areaCode: string;
  readonly location?: { readonly lng?: number | null; readonly lat?: number | null };
  readonly wearerId?: string | null;
}

const COMPARED = ['name', 'kind', 'areaCode', 'location', 'wearerId'] as const;
export type DeviceField = (typeof COMPARED)[number];

export interface DeviceDifference {
  readonly field: DeviceField;
  readonly before: DeviceView[DeviceField];
  readonly now: DeviceView[DeviceField];
}

export function formOf({ name, kind, areaCode, location, wearerId = null }: DeviceView): DeviceForm {
  return { name, kind, areaCode, location: { lng: location?.lng ?? null, lat: location?.lat ?? null }, wearerId };
}

export function profileOf({ location, wearerId = null, ...rest }: DeviceForm): DeviceProfile {
  return { ...rest, location: placeOf(location), wearerId };
}

/** What the user changed, and nothing else: what they left alone may be changed by somebody else meanwhile. */
export function changeOf(before: DeviceView, form: DeviceForm): Partial<DeviceProfile> {
  const profile = profileOf(form);
  return Object.fromEntries(COMPARED.filter((field) => !isSame(before[field], profile[field])).map((field) => [field, profile[field]]));
}

/** What the user changed stays as they entered it; the rest is as somebody else left it. */
export function mergedForm(before: DeviceView, now: DeviceView, form: DeviceForm): DeviceForm {
  const mine = COMPARED.filter((field) => field in changeOf(before, form));
  return { ...formOf(now), ...Object.fromEntries(mine.map((field) => [field, form[field]])) };
}

/** What somebody else changed. That the device came or went is no change of it. */
export function changesSince(before: DeviceView, now: DeviceView): readonly DeviceDifference[] {
  return COMPARED.filter((field) => !isSame(before[field], now[field])).map((field) => ({ field, before: before[field], now: now[field] }));
}

/** The name may speak of whoever wore it so far, and would from now on be kept as the next one's. */
export function keepsFormerName(before: DeviceView, { name, wearerId }: { readonly name?: string | undefined; readonly wearerId?: string | null | undefined }): boolean {
  return Boolean(before.wearerId) && (wearerId ?? null) !== before.wearerId && name === before.name;
}

function placeOf({ lng, lat }: NonNullable<DeviceForm['location']> = {}): Location | null {
  return typeof lng === 'number' && typeof lat === 'number' ? { lng, lat } : null;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
