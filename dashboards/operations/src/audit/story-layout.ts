import type { EventStory, StoryEdge, StoryNode } from '@brain/contracts';

export interface PlacedNode {
  readonly node: StoryNode;
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: StoryEdge;
  readonly from: PlacedNode;
  readonly to: PlacedNode;
}

export interface StoryLayout {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  /** In columns and rows; whoever draws gives them a size. */
  readonly columns: number;
  readonly rows: number;
}

const MOST_COLUMNS = 4;

/**
 * From the top down: everything stands below what led to it, and as near above its first effect as it can. A level
 * with more than fits goes on in the next row. A circle, which only forged ids could make, is cut where it closes.
 */
export function layoutOf({ nodes, edges: all }: EventStory): StoryLayout {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const edges = all.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const levels = levelsOf(nodes, edges);
  const placed = new Map<string, PlacedNode>();
  let rows = 0;
  for (const level of inLevels(nodes, levels)) {
    const ordered = nearTheirCauses(level, edges, placed);
    for (let start = 0; start < ordered.length; start += MOST_COLUMNS) {
      const row = ordered.slice(start, start + MOST_COLUMNS);
      row.forEach((node, index) => placed.set(node.id, { node, x: index - (row.length - 1) / 2, y: rows }));
      rows += 1;
    }
  }
  const columns = Math.max(1, ...[...placed.values()].map(({ x }) => Math.abs(x) * 2 + 1));
  const drawn = edges.flatMap((edge) => {
    const [from, to] = [placed.get(edge.from), placed.get(edge.to)];
    return from === undefined || to === undefined ? [] : [{ edge, from, to }];
  });
  return { nodes: [...placed.values()], edges: drawn, columns, rows };
}

/** The longest way from anything without a cause; then what has none itself moves down to just above its first effect. */
function levelsOf(nodes: readonly StoryNode[], edges: readonly StoryEdge[]): ReadonlyMap<string, number> {
  const causes = groupOf(edges, ({ to }) => to, ({ from }) => from);
  const effects = groupOf(edges, ({ from }) => from, ({ to }) => to);
  const levels = new Map<string, number>();
  const open = new Set<string>();
  const levelOf = (id: string): number => {
    const done = levels.get(id);
    if (done !== undefined) return done;
    if (open.has(id)) return -1;
    open.add(id);
    const level = Math.max(-1, ...(causes.get(id) ?? []).map(levelOf)) + 1;
    levels.set(id, level);
    return level;
  };
  for (const { id } of nodes) levelOf(id);
  for (const { id } of nodes) {
    const below = (effects.get(id) ?? []).map((effect) => levels.get(effect) ?? 0);
    if (!causes.has(id) && below.length > 0) levels.set(id, Math.max(0, Math.min(...below) - 1));
  }
  return levels;
}

function inLevels(nodes: readonly StoryNode[], levels: ReadonlyMap<string, number>): readonly (readonly StoryNode[])[] {
  const byLevel: StoryNode[][] = [];
  for (const node of nodes) (byLevel[levels.get(node.id) ?? 0] ??= []).push(node);
  return byLevel.filter((level) => level.length > 0);
}

/** Below the middle of what led to it; what nothing above led to keeps its place at the side. */
function nearTheirCauses(level: readonly StoryNode[], edges: readonly StoryEdge[], placed: ReadonlyMap<string, PlacedNode>): readonly StoryNode[] {
  const middle = ({ id }: StoryNode): number => {
    const above = edges.filter(({ to }) => to === id).flatMap(({ from }) => placed.get(from)?.x ?? []);
    return above.length === 0 ? Number.MAX_SAFE_INTEGER : above.reduce((sum, x) => sum + x, 0) / above.length;
  };
  return level.map((node) => ({ node, at: middle(node) })).sort((a, b) => a.at - b.at).map(({ node }) => node);
}

function groupOf(edges: readonly StoryEdge[], key: (edge: StoryEdge) => string, value: (edge: StoryEdge) => string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const edge of edges) groups.set(key(edge), [...(groups.get(key(edge)) ?? []), value(edge)]);
  return groups;
}
