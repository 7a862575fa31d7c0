/** What is looked for, as it stands in the address of the page. */
export interface AuditSearch {
  readonly q?: string;
  readonly types?: readonly string[];
  readonly person?: string;
  readonly case?: string;
  readonly alert?: string;
  readonly device?: string;
  readonly area?: string;
  readonly subject?: string;
  readonly correlation?: string;
  readonly from?: string;
  readonly to?: string;
  readonly order: AuditOrder;
}

export type AuditOrder = 'asc' | 'desc';

const TEXTS = ['q', 'person', 'case', 'alert', 'device', 'area', 'subject', 'correlation', 'from', 'to'] as const;

export function readSearch(address: URLSearchParams): AuditSearch {
  const texts = TEXTS.flatMap((key) => {
    const value = address.get(key)?.trim() ?? '';
    return value === '' ? [] : [[key, value] as const];
  });
  const types = (address.get('type') ?? '').split(',').filter((type) => type !== '');
  const order = address.get('order') === 'asc' ? 'asc' : 'desc';
  return { ...Object.fromEntries(texts), ...(types.length === 0 ? {} : { types }), order };
}

/** Without what is empty or usual, so that an address says only what is looked for. */
export function writeSearch(search: AuditSearch): Record<string, string> {
  const texts = TEXTS.flatMap((key) => {
    const value = search[key]?.trim() ?? '';
    return value === '' ? [] : [[key, value] as const];
  });
  const { types = [], order } = search;
  return { ...Object.fromEntries(texts), ...(types.length === 0 ? {} : { type: types.join(',') }), ...(order === 'asc' ? { order } : {}) };
}

/** The parameters of `GET /api/audit/events`. */
export function searchQuery(search: AuditSearch): Record<string, string> {
  return { ...writeSearch(search), order: search.order };
}

/** Those of the search itself, without its order: for a count. */
export function countQuery(search: AuditSearch): Record<string, string> {
  return writeSearch({ ...search, order: 'desc' });
}
