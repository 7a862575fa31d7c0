import type { ImportItem, Refusal } from './import-item.js';

/**
 * The same code twice at odds with itself: another name, or another outline for the same date. The first stands,
 * the later ones are refused. A plain repetition is no fault, nor are two editions with different dates.
 */
export function findDuplicates(items: readonly ImportItem[]): readonly { readonly item: ImportItem; readonly refusal: Refusal }[] {
  const names = new Map<string, string>();
  const outlines = new Map<string, string>();
  return items.flatMap((item) => {
    const { code, place } = item;
    const name = item.name ?? names.get(code) ?? '';
    const dated = `${code}@${item.validFrom ?? ''}`;
    const outline = item.boundary === null ? outlines.get(dated) : JSON.stringify(item.boundary);
    const known = { name: names.get(code) ?? name, outline: outlines.get(dated) ?? outline };
    names.set(code, known.name);
    if (known.outline !== undefined) outlines.set(dated, known.outline);
    if (known.name === name && known.outline === outline) return [];
    const message = known.name === name ? 'is there before with another outline' : `is there before as ${known.name}`;
    return [{ item, refusal: { ...place, code: 'AREA_CODE_DUPLICATE', path: 'code', message } }];
  });
}
