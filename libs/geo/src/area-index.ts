import type { PolygonBoundary } from '@brain/contracts';
import { depthOf } from './area-code.js';
import { boundsContain, boundsOf, type Bounds } from './bounds.js';
import { containsPoint } from './contains-point.js';

interface Entry {
  readonly boundary: PolygonBoundary;
  readonly bounds: Bounds;
}

const CELLS_PER_DEGREE = 50;
/** Larger boxes would fill too many cells and are looked through one by one. */
const MOST_CELLS = 400;

/** Outlines by place, in memory: cells of 0.02° (about 2 km) hold the codes whose box reaches into them. */
export class AreaIndex {
  private readonly entries = new Map<string, Entry>();
  private readonly cells = new Map<string, Set<string>>();
  private readonly large = new Set<string>();

  /** Adds an outline, or puts a newer one in place of the old. */
  set(code: string, boundary: PolygonBoundary): void {
    this.delete(code);
    const bounds = boundsOf(boundary);
    this.entries.set(code, { boundary, bounds });
    for (const bucket of this.bucketsOf(bounds)) bucket.add(code);
  }

  delete(code: string): void {
    const entry = this.entries.get(code);
    if (entry === undefined) return;
    for (const bucket of this.bucketsOf(entry.bounds)) bucket.delete(code);
    this.entries.delete(code);
  }

  get(code: string): PolygonBoundary | undefined {
    return this.entries.get(code)?.boundary;
  }

  /** Every area that holds the point, county first, deepest last. */
  locate(lng: number, lat: number): readonly string[] {
    const cell = this.cells.get(cellKey(cellOf(lng), cellOf(lat))) ?? [];
    return [...this.large, ...cell]
      .filter((code) => this.holds(code, lng, lat))
      .toSorted((a, b) => depthOf(a) - depthOf(b) || a.localeCompare(b));
  }

  private holds(code: string, lng: number, lat: number): boolean {
    const entry = this.entries.get(code);
    return entry !== undefined && boundsContain(entry.bounds, lng, lat) && containsPoint(entry.boundary, lng, lat);
  }

  private bucketsOf(bounds: Bounds): readonly Set<string>[] {
    const [west, east] = [cellOf(bounds.west), cellOf(bounds.east)];
    const [south, north] = [cellOf(bounds.south), cellOf(bounds.north)];
    if ((east - west + 1) * (north - south + 1) > MOST_CELLS) return [this.large];
    const buckets: Set<string>[] = [];
    for (let x = west; x <= east; x += 1) {
      for (let y = south; y <= north; y += 1) buckets.push(this.cell(cellKey(x, y)));
    }
    return buckets;
  }

  private cell(key: string): Set<string> {
    const cell = this.cells.get(key) ?? new Set<string>();
    this.cells.set(key, cell);
    return cell;
  }
}

function cellOf(degrees: number): number {
  return Math.floor(degrees * CELLS_PER_DEGREE);
}

function cellKey(x: number, y: number): string {
  return `${String(x)},${String(y)}`;
}
