import { describe, expect, it } from '@jest/globals';
import { eventKey } from '../elements/event-name.js';
import { EVENT_TITLES } from '@brain/contracts';
import { auditMessages } from '../i18n/messages/audit.js';
import { EVENT_TYPES } from './event-types.js';

describe('the events of the record', () => {
  it('are those of all contracts', () => {
    expect(EVENT_TYPES.length).toBeGreaterThan(40);
    expect(EVENT_TYPES).toContain('case-management.case-became-overdue.v1');
  });

  it.each(['zh-CN', 'en'] as const)('have a title each in %s', (locale) => {
    const titles: Readonly<Record<string, string>> = EVENT_TITLES[locale];
    expect(EVENT_TYPES.filter((type) => titles[eventKey(type)] === undefined)).toEqual([]);
  });

  it.each(['zh-CN', 'en'] as const)('come from services that have a name each in %s', (locale) => {
    const words: Readonly<Record<string, string>> = auditMessages[locale];
    expect(EVENT_TYPES.filter((type) => words[`service-${type.split('.')[0] ?? ''}`] === undefined)).toEqual([]);
  });
});
