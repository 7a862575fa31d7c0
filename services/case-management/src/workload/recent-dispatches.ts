import { Injectable } from '@nestjs/common';
import type { WorkItem } from './domain/case-weight.js';

/**
 * Dispatches that the read table may not show yet. Without it, cases dispatched in one breath would all see the same
 * person with the lowest load.
 */
@Injectable()
export class RecentDispatches {
  private readonly items = new Map<string, WorkItem>();

  add(item: WorkItem): void {
    this.items.set(item.caseId, item);
  }

  caseIds(): readonly string[] {
    return [...this.items.keys()];
  }

  /** The rows with newer dispatches in place of older rows. What the table has caught up with is forgotten. */
  applyTo(rows: readonly WorkItem[]): readonly WorkItem[] {
    const fresh = rows.filter((row) => {
      const recent = this.items.get(row.caseId);
      if (recent === undefined) return true;
      if (recent.revision > row.revision) return false;
      this.items.delete(row.caseId);
      return true;
    });
    return [...fresh, ...this.items.values()];
  }
}
