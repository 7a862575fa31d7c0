import type { Projection } from '../projection.port.js';
import { FoldedRowsFilling } from '../rebuild/fill/fill-folded-rows.js';
import { foldRows, type FoldedRows } from './fold-rows.js';

/** The part of a projection that is the same for every table of folded rows. */
export function foldedTable<State>(rows: FoldedRows<State>): Pick<Projection, 'tables' | 'past' | 'apply' | 'applyMany'> & Required<Pick<Projection, 'fill'>> {
  return {
    tables: [rows.table],
    past: [rows.table],
    apply: (sql, stored) => foldRows(sql, [stored], rows, () => Promise.resolve()),
    applyMany: (sql, events, each) => foldRows(sql, events, rows, each),
    fill: () => new FoldedRowsFilling(rows),
  };
}
