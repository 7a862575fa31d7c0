const FORMS = [
  ['application/x-ndjson', 'ndjson'],
  ['text/csv', 'csv'],
  ['application/zip', 'archive'],
  ['application/x-tar', 'archive'],
  ['application/gzip', 'archive'],
] as const;

export type ExportForm = (typeof FORMS)[number][1];

/** What a caller who accepts this wants to take away; undefined: an answer to look at. */
export function exportFormOf(accept: string | undefined): ExportForm | undefined {
  return FORMS.find(([type]) => accept?.includes(type) === true)?.[1];
}
