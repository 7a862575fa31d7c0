import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { RoomThen } from '../room/room.js';

const source = join(import.meta.dirname, '..');

/** Every module of ours that comes with one, as the bundler follows them: types alone bring nothing along. */
function broughtBy(entry: string, found = new Set<string>()): Set<string> {
  if (found.has(entry)) return found;
  found.add(entry);
  const text = readFileSync(entry, 'utf8');
  const imports = [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';|import\('(\.[^']+)'\)|^import '(\.[^']+\.js)';/gm)];
  for (const [, named, lazy, bare] of imports) {
    const path = join(dirname(entry), (named ?? lazy ?? bare ?? '').replace(/\.js$/, ''));
    const module = [`${path}.tsx`, `${path}.ts`].find(existsSync);
    if (module !== undefined) broughtBy(module, found);
  }
  return found;
}

const WRITES = /\bmethod: '(?:POST|PUT|PATCH|DELETE)'/;
const writing = (entry: string): string[] =>
  [...broughtBy(join(source, entry))].filter((file) => WRITES.test(readFileSync(file, 'utf8'))).map((file) => relative(source, file)).sort();

describe('the page of the past', () => {
  it('brings along nothing that can send a command', () => {
    expect(writing('past/past.page.tsx').filter((file) => !file.startsWith('session/'))).toEqual([]);
  });

  it('still brings along the map, the feed, the board and the drawers of the live view', () => {
    const files = [...broughtBy(join(source, 'past/past.page.tsx'))].map((file) => relative(source, file));
    for (const shared of ['overview/district-map.tsx', 'overview/alert-feed.tsx', 'overview/workload-board.tsx', 'alerts/alert-drawer.tsx', 'cases/case-drawer.tsx']) {
      expect(files).toContain(shared);
    }
  });

  it('is looked through with an eye that finds commands where they are', () => {
    expect(writing('live/live-room.tsx')).toEqual(expect.arrayContaining(['api/alert-commands.ts', 'api/case-commands.ts']));
    expect(writing('cases/cases.page.tsx')).toContain('api/case-commands.ts');
  });

  it('has a room whose type has no commands', () => {
    const commandsInThePast: 'commands' extends keyof RoomThen ? true : false = false;
    expect(commandsInThePast).toBe(false);
  });
});
