/** Every prefix of an area code that is an area itself, largest first: county, street, community, grid, below. */
export function lineage(code: string): string[] {
  const [base = '', ...below] = code.split('-');
  const levels = [6, 9, 12, 15].filter((length) => length <= base.length).map((length) => base.slice(0, length));
  return [...levels, ...below.map((_, index) => [base, ...below.slice(0, index + 1)].join('-'))];
}

/** 粤海街道 · 科技园社区 · 网格003 — with what names are known; the code where none is. */
export function areaLabel(code: string, names: ReadonlyMap<string, string>, gridName: (number: string) => string): string {
  const parts = lineage(code)
    .filter((part) => part.length > 6)
    .flatMap((part) => names.get(part) ?? (part.length === 15 ? gridName(part.slice(12)) : part.length > 15 ? part.slice(part.lastIndexOf('-')) : []))
    .map(shortName);
  return parts.length === 0 ? (names.get(code) ?? code) : parts.join(' · ');
}

/** The register's names end in 居委会 (residents' committee), which says nothing on a map. */
export function shortName(name: string): string {
  return name.replace(/居民委员会$|居委会$/, '').replace(/办事处$/, '');
}
