import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { refuseNul } from './refuse-nul.js';

function passedOn(originalUrl: string, body?: unknown): unknown {
  let passed: unknown = 'not called';
  refuseNul({ originalUrl, body } as Request, {} as Response, (next?: unknown) => {
    passed = next;
  });
  return passed;
}

describe('the character NUL', () => {
  it.each([
    ['url', '/api/cases/a%00b', undefined],
    ['title', '/api/cases', { title: 'a\0b' }],
    ['events.1.name', '/api/x', { events: [{ name: 'a' }, { name: '\0' }] }],
    ['values', '/api/x', { values: { 'a\0': 1 } }],
    ['body', '/api/x', 'a\0'],
  ])('is refused with its place: %s', (path, url, body) => {
    expect(passedOn(url, body)).toMatchObject({ code: 'TEXT_HAS_NUL', details: { errors: [{ path }] } });
  });

  it('is looked for however deep a body is nested', () => {
    expect(passedOn('/api/x', JSON.parse(`${'['.repeat(200_000)}"a"${']'.repeat(200_000)}`))).toBeUndefined();
  });

  it.each([
    ['/api/cases?q=100%2500', { title: String.raw`a\u0000b`, n: 0, none: null }],
    ['/api/areas/import', Buffer.from('a\0b')],
    ['/api/areas', undefined],
  ])('is no other text: %s', (url, body) => {
    expect(passedOn(url, body)).toBeUndefined();
  });
});
