import { DomainError, isDomainError } from '@brain/contracts';
import { APPEND_MAX_BYTES } from '@brain/event-store';
import { depthOf, kindOf, parentCodeOf } from '@brain/geo';
import { areaDecider } from '../domain/area.decider.js';
import type { AreaEvent } from '../domain/area.events.js';
import { BEGINNING, editionsSince, type AreaState } from '../domain/area.state.js';
import { findDuplicates } from './find-duplicates.js';
import type { ImportItem, Refusal } from './import-item.js';
import { requireFit, soundOutline, type Neighbours } from './outline-check.js';

/** What is known before the import. */
export interface KnownAreas {
  get(code: string): { readonly state: AreaState; readonly revision: number };
  has(code: string): boolean;
  childrenOf(code: string): readonly string[];
}

export interface ImportRequest {
  readonly now: string;
  /** What these events will take of one append to the store. */
  readonly bytesOf: (code: string, events: readonly AreaEvent[]) => number;
  readonly mayWrite: (code: string) => boolean;
}

export interface ImportPlan {
  /** Events per area, parents first. */
  readonly changes: ReadonlyMap<string, readonly AreaEvent[]>;
  /** Rows or features that change something. */
  readonly imported: number;
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
}

/**
 * Decides a whole file against what is known: parents before children whatever their order in the file, each area's
 * outline against its parent, siblings and children as they will be when the import is done.
 */
export function planImport(items: readonly ImportItem[], known: KnownAreas, request: ImportRequest): ImportPlan {
  const doomed = new Set<string>();
  for (;;) {
    const draft = new ImportDraft(known, request, doomed);
    const plan = draft.plan(items);
    const kept = draft.keptOutlines().filter((code) => !doomed.has(code));
    if (kept.length === 0) return plan;
    // A new outline was refused, so the old one stays and its neighbours must fit that one instead.
    for (const code of kept) doomed.add(code);
  }
}

class ImportDraft {
  private readonly changes = new Map<string, AreaEvent[]>();
  private readonly states = new Map<string, AreaState>();
  private readonly newChildren = new Map<string, Set<string>>();
  /** Outlines of this file not decided yet: neighbours leave the check to them. */
  private readonly pending = new Set<string>();
  private readonly refusedOutlines: string[] = [];

  constructor(
    private readonly known: KnownAreas,
    private readonly request: ImportRequest,
    private readonly doomed: ReadonlySet<string>,
  ) {}

  plan(items: readonly ImportItem[]): ImportPlan {
    const refused = findDuplicates(items);
    const duplicates = new Set(refused.map(({ item }) => item));
    const sound = items.filter((item) => !duplicates.has(item));
    for (const { code, boundary } of sound) if (boundary !== null && !this.doomed.has(code)) this.pending.add(code);

    const refusals: Refusal[] = refused.map(({ refusal }) => refusal);
    let [imported, unchanged] = [0, 0];
    for (const item of parentsFirst(sound)) {
      try {
        if (this.take(item)) imported += 1;
        else unchanged += 1;
      } catch (error) {
        if (!isDomainError(error)) throw error;
        if (item.boundary !== null) this.refusedOutlines.push(item.code);
        const fault = error.details.errors?.[0];
        refusals.push({ ...item.place, code: error.code, path: fault?.path ?? 'code', message: fault?.message ?? error.message });
      }
      this.pending.delete(item.code);
    }
    return { changes: this.changes, imported, unchanged, refused: refusals.toSorted((a, b) => orderOf(a) - orderOf(b)) };
  }

  /** Areas whose new outline was refused and which have an old one. */
  keptOutlines(): readonly string[] {
    return this.refusedOutlines.filter((code) => editionsSince(this.known.get(code).state, BEGINNING).length > 0);
  }

  private take(item: ImportItem): boolean {
    const kind = kindOf(item.code);
    if (!this.request.mayWrite(item.code)) throw refused('AREA_OUT_OF_SCOPE', 'code', 'is outside your areas');
    let state = this.stateOf(item.code);
    const events: AreaEvent[] = [];
    const decide = (command: Parameters<typeof areaDecider.decide>[0]) => {
      for (const event of areaDecider.decide(command, state)) {
        events.push(event);
        state = areaDecider.evolve(state, event);
      }
    };

    const { code, name } = item;
    const parentCode = parentCodeOf(code);
    if (name !== null && state.status === 'absent') {
      decide({ type: 'RegisterArea', code, kind, name, parentCode, parentKnown: parentCode === null || this.exists(parentCode) });
    } else if (name !== null) {
      decide({ type: 'RenameArea', code, name });
    } else if (state.status === 'absent') {
      throw refused('AREA_UNKNOWN', item.boundary === null ? 'code' : 'properties.code', 'is not registered, and no name is given to register it');
    }
    const boundary = item.boundary === null ? null : soundOutline(item.boundary);
    if (boundary !== null) {
      decide({ type: 'DrawBoundary', code, boundary, validFrom: item.validFrom, invented: item.invented, now: this.request.now });
    }
    this.requireRoom(item, events);
    if (boundary !== null && events.at(-1)?.type === 'AreaBoundaryDrawn') requireFit(boundary, this.neighboursOf(item));
    if (events.length > 0) this.keep(code, parentCode, state, events);
    return events.length > 0;
  }

  /** All editions of an area in one file are one append. */
  private requireRoom({ code, boundary }: ImportItem, events: readonly AreaEvent[]): void {
    const bytes = this.request.bytesOf(code, [...(this.changes.get(code) ?? []), ...events]);
    if (bytes <= APPEND_MAX_BYTES) return;
    const message = `would make ${String(bytes)} bytes to be recorded, and at most ${String(APPEND_MAX_BYTES)} are stored at once`;
    throw refused('EVENT_TOO_LARGE', boundary === null ? 'name' : 'geometry', message);
  }

  private neighboursOf(item: ImportItem): Neighbours {
    const since = this.validFromOf(item);
    const parentCode = parentCodeOf(item.code);
    const outlinesOf = (codes: readonly string[]) =>
      codes.flatMap((code) => editionsSince(this.stateOf(code), since).map(({ boundary }) => ({ code, boundary })));
    return {
      parents: outlinesOf(parentCode === null ? [] : [parentCode]),
      siblings: outlinesOf(parentCode === null ? [] : this.decided(this.childrenOf(parentCode), item.code)),
      children: outlinesOf(this.decided(this.childrenOf(item.code), item.code)),
    };
  }

  /** When the new edition will hold from, as the decider will say. */
  private validFromOf(item: ImportItem): string {
    const isFirst = editionsSince(this.stateOf(item.code), BEGINNING).length === 0;
    return item.validFrom ?? (isFirst ? BEGINNING : this.request.now);
  }

  private decided(codes: readonly string[], self: string): readonly string[] {
    return codes.filter((code) => code !== self && !this.pending.has(code));
  }

  private keep(code: string, parentCode: string | null, state: AreaState, events: readonly AreaEvent[]): void {
    this.states.set(code, state);
    this.changes.set(code, [...(this.changes.get(code) ?? []), ...events]);
    if (parentCode !== null) this.newChildren.set(parentCode, (this.newChildren.get(parentCode) ?? new Set()).add(code));
  }

  private stateOf(code: string): AreaState {
    return this.states.get(code) ?? this.known.get(code).state;
  }

  private exists(code: string): boolean {
    return this.stateOf(code).status === 'registered';
  }

  private childrenOf(code: string): readonly string[] {
    return [...new Set([...this.known.childrenOf(code), ...(this.newChildren.get(code) ?? [])])];
  }
}

/** Invalid codes come first, to be refused as such; editions of one area in the order of their dates. */
function parentsFirst(items: readonly ImportItem[]): readonly ImportItem[] {
  const keyed = items.map((item) => ({ item, depth: safeDepth(item.code) }));
  return keyed
    .toSorted((a, b) => a.depth - b.depth || (a.item.validFrom ?? '').localeCompare(b.item.validFrom ?? ''))
    .map(({ item }) => item);
}

function safeDepth(code: string): number {
  try {
    return depthOf(code);
  } catch {
    return -1;
  }
}

function orderOf(refusal: Refusal): number {
  return 'line' in refusal ? refusal.line : refusal.index;
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path} ${message}`, [{ path, message }]);
}
