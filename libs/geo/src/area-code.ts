import { areaCode, DomainError, isWithinArea, type AreaKind } from '@brain/contracts';

const KIND_BY_DIGITS: Readonly<Record<number, AreaKind>> = { 6: 'county', 9: 'street', 12: 'community', 15: 'grid' };
const KIND_BY_SUFFIXES: readonly AreaKind[] = ['grid', 'micro-grid', 'building', 'household'];
const LAST_SEQUENCE = 999;

export function isAreaCode(code: string): boolean {
  return areaCode.safeParse(code).success;
}

/** The level a code stands for; refuses with AREA_CODE_INVALID. */
export function kindOf(code: string): AreaKind {
  const [digits = '', ...suffixes] = code.split('-');
  const kind = suffixes.length === 0 ? KIND_BY_DIGITS[digits.length] : KIND_BY_SUFFIXES[suffixes.length];
  if (kind === undefined || !isAreaCode(code)) throw invalid(code);
  return kind;
}

/** The area one level up; null for a county, which has none. */
export function parentCodeOf(code: string): string | null {
  const kind = kindOf(code);
  if (kind === 'county') return null;
  return code.includes('-') ? code.slice(0, code.lastIndexOf('-')) : code.slice(0, -3);
}

/** County first, the area itself last. */
export function chainOf(code: string): readonly string[] {
  const parent = parentCodeOf(code);
  return parent === null ? [code] : [...chainOf(parent), code];
}

/** How many levels below its county. */
export function depthOf(code: string): number {
  return chainOf(code).length - 1;
}

/**
 * The next free 15-digit grid code of a community. Codes are never used twice, so `used` holds retired ones too.
 * Refuses with GRID_CODES_EXHAUSTED after 999.
 */
export function nextGridCode(communityCode: string, used: Iterable<string>): string {
  if (kindOf(communityCode) !== 'community') throw invalid(communityCode);
  const sequences = [...used]
    .filter((code) => isWithinArea(code, communityCode) && code.length >= 15)
    .map((code) => Number(code.slice(12, 15)));
  const next = Math.max(0, ...sequences) + 1;
  if (next > LAST_SEQUENCE) throw new DomainError('GRID_CODES_EXHAUSTED', `${communityCode} has used all 999 grid codes`);
  return communityCode + String(next).padStart(3, '0');
}

function invalid(code: string): DomainError {
  return new DomainError('AREA_CODE_INVALID', `${code} is not an area code`, [
    { path: 'code', message: 'is not 6, 9, 12 or 15 digits, with -NN per level below a grid' },
  ]);
}
