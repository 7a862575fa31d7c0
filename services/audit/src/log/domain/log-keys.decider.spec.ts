import { describe, it } from '@jest/globals';
import { scenario } from '@brain/testing';
import { logKeysDecider } from './log-keys.decider.js';

const now = '2026-11-22T02:00:00.000Z';
const first = { origin: 'log', previousKeyId: 'aaaaaaaa', nextKeyId: 'bbbbbbbb', vkey: 'log+bbbbbbbb+x' };
const second = { origin: 'log', previousKeyId: 'bbbbbbbb', nextKeyId: 'cccccccc', vkey: 'log+cccccccc+x' };
const told = (step: typeof first) => ({ type: 'LogKeyRotated', data: { ...step, at: now } }) as const;

describe('a new key of the log', () => {
  const { given } = scenario(logKeysDecider);

  it('is told, and so are several at once', () => {
    given().when({ steps: [first], now }).expectEvents(told(first));
    given().when({ steps: [first, second], now }).expectEvents(told(first), told(second));
  });

  it('is told once', () => {
    given(told(first)).when({ steps: [first], now }).expectEvents();
    given(told(first)).when({ steps: [first, second], now }).expectEvents(told(second));
  });

  it('is nothing where none changed', () => {
    given().when({ steps: [], now }).expectEvents();
  });
});
