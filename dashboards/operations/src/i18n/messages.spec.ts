import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messages } from './messages.js';

const source = join(import.meta.dirname, '..');

const keysOf = (locale: 'zh-CN' | 'en'): string[] =>
  Object.entries(messages[locale]).flatMap(([part, words]) => Object.keys(words).map((key) => `${part}.${key}`)).sort();

function keysInUse(): string[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.spec.ts'));
  return files.flatMap((file) => [...readFileSync(join(source, file), 'utf8').matchAll(/\bt\('([a-z]+\.[\w-]+)'/g)].map(([, key]) => key ?? ''));
}

describe('the words of the screen', () => {
  it('are the same in both languages', () => expect(keysOf('en')).toEqual(keysOf('zh-CN')));

  it('have no empty ones', () => {
    const empty = Object.values(messages).flatMap((parts) => Object.values(parts).flatMap((words) => Object.values(words).filter((word) => word.trim() === '')));
    expect(empty).toEqual([]);
  });

  it('hold every key that a screen asks for', () => {
    const known = new Set(keysOf('zh-CN'));
    const used = keysInUse();
    expect(used.length).toBeGreaterThan(200);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });
});
