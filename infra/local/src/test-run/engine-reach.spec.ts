import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { goesToUrl, reachLines } from '../../test-run/engine-reach.mjs';

const sources = path.resolve(import.meta.dirname, '../../../../test/conformance/src');
const spec = (name: string) => path.join(sources, `${name}.engine.spec.ts`);

describe('where the tests of an engine go when --url names a server', () => {
  it.each([
    ['eventstoredb/eventstoredb', true],
    ['eventstoredb/refusals', false],
    ['eventstoredb/slow-subscription', false],
    ['timescaledb/timescale-time-series', true],
    ['kafka/kafka-message-bus', true],
    ['faults/faults', false],
  ])('of %s to that server: %s', (name, isThere) => {
    expect(goesToUrl(spec(name))).toBe(isThere);
  });

  it('is said for each file with its tests, and in sum, without what is secret in the address', () => {
    const files = [{ file: spec('eventstoredb/eventstoredb'), passed: 38 }, { file: spec('eventstoredb/refusals'), passed: 20 }];
    const lines = reachLines(files, 'esdb://admin:changeit@store:2113?tls=true');
    expect(lines).toEqual([
      '   38 passed  eventstoredb.engine.spec.ts  at esdb://store:2113',
      '   20 passed  refusals.engine.spec.ts  NOT at the server: on what the test starts itself',
      '38 passed at esdb://store:2113, 20 on what the tests start themselves',
    ]);
  });
});
