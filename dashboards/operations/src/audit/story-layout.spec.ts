import { describe, expect, it } from '@jest/globals';
import type { EventStory, StoryEdge, StoryNode } from '@brain/contracts';
import { layoutOf } from './story-layout.js';

const node = (id: string): StoryNode => ({ kind: 'withheld', id, place: 'cause' });
const edge = (from: string, to: string): StoryEdge => ({ from, to, kind: 'caused' });
const story = (ids: readonly string[], ...edges: StoryEdge[]): EventStory => ({ eventId: ids[0] ?? '', nodes: ids.map(node), edges, truncated: false });
const rowsOf = (given: EventStory) => Object.fromEntries(layoutOf(given).nodes.map(({ node: { id }, y }) => [id, y]));

describe('the drawing of a story', () => {
  it('puts everything below what led to it', () => {
    expect(rowsOf(story(['closed', 'reading', 'alert', 'case'], edge('reading', 'alert'), edge('alert', 'case'), edge('case', 'closed'), edge('alert', 'closed')))).toEqual({
      reading: 0, alert: 1, case: 2, closed: 3,
    });
  });

  it('puts what nothing led to just above what it led to', () => {
    const rows = rowsOf(story(['a', 'b', 'c', 'request'], edge('a', 'b'), edge('b', 'c'), edge('request', 'c')));
    expect(rows).toMatchObject({ request: 1, c: 2 });
  });

  it('gives each node a place of its own, in rows of at most four', () => {
    const effects = Array.from({ length: 9 }, (_, index) => `effect-${String(index)}`);
    const { nodes, rows, columns } = layoutOf(story(['cause', ...effects], ...effects.map((id) => edge('cause', id))));
    expect(new Set(nodes.map(({ x, y }) => `${String(x)}/${String(y)}`)).size).toBe(10);
    expect({ rows, columns }).toEqual({ rows: 4, columns: 4 });
  });

  it('ends where ids go round in a circle, and leaves out what leads nowhere', () => {
    const { nodes, edges } = layoutOf(story(['a', 'b'], edge('a', 'b'), edge('b', 'a'), edge('a', 'a'), edge('a', 'unknown')));
    expect(nodes).toHaveLength(2);
    expect(edges.map(({ edge: { from, to } }) => `${from}${to}`)).toEqual(['ab', 'ba']);
  });
});
