import { describe, it } from '@jest/globals';
import type { RetentionDays } from '@brain/contracts';
import { scenario } from '@brain/testing';
import { retentionDecider } from './retention.decider.js';

const keepFor = (days: RetentionDays) => ({ type: 'KeepFor', days }) as const;
const raised = (days: RetentionDays, before: RetentionDays | null) => ({ type: 'RetentionRaised', data: { of: 'refused-messages', days, before } }) as const;

describe('how long refused messages are kept', () => {
  const { given } = scenario(retentionDecider);

  it('is decided once, and raised later', () => {
    given().when(keepFor(200)).expectEvents(raised(200, null));
    given(raised(200, null)).when(keepFor(400)).expectEvents(raised(400, 200));
    given(raised(400, 200)).when(keepFor('forever')).expectEvents(raised('forever', 400));
  });

  it('stays when it is said again', () => {
    given(raised(200, null)).when(keepFor(200)).expectEvents();
    given(raised('forever', null)).when(keepFor('forever')).expectEvents();
  });

  it('is never lowered', () => {
    given(raised(400, null)).when(keepFor(399)).expectRejection('RETENTION_LOWERED');
    given(raised(200, null), raised(400, 200)).when(keepFor(200)).expectRejection('RETENTION_LOWERED');
    given(raised('forever', null)).when(keepFor(36_500)).expectRejection('RETENTION_LOWERED');
  });
});
