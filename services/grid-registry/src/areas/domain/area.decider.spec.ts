import { describe, it } from '@jest/globals';
import type { PolygonBoundary } from '@brain/contracts';
import { scenario } from '@brain/testing';
import { areaDecider } from './area.decider.js';
import type { AreaEvent } from './area.events.js';

const { given } = scenario(areaDecider);
const code = '440305001001';
const now = '2026-03-01T00:00:00.000Z';
const square = (side: number): PolygonBoundary => ({ type: 'Polygon', coordinates: [[[0, 0], [side, 0], [side, side], [0, side], [0, 0]]] });
const drawn = (edition: number, validFrom: string, boundary: PolygonBoundary, invented = false): AreaEvent => ({
  type: 'AreaBoundaryDrawn',
  data: { code, edition, validFrom, invented, boundary },
});
const registered: AreaEvent = { type: 'AreaRegistered', data: { code, kind: 'community', name: '南头城社区居委会', parentCode: '440305001' } };

describe('registering an area', () => {
  const register = { type: 'RegisterArea', code, kind: 'community', name: '南头城社区居委会', parentCode: '440305001', parentKnown: true } as const;

  it('records its place in the tree', () => given().when(register).expectEvents(registered));
  it('changes nothing the second time', () => given(registered).when(register).expectEvents());
  it('is refused without a parent', () => given().when({ ...register, parentKnown: false }).expectRejection('AREA_PARENT_UNKNOWN'));
  it('is refused when the code stands for another', () => given(registered).when({ ...register, name: 'B' }).expectRejection('AREA_CODE_TAKEN'));
});

describe('renaming an area', () => {
  const rename = { type: 'RenameArea', code, name: '新名' } as const;

  it('records the new name', () => given(registered).when(rename).expectEvents({ type: 'AreaRenamed', data: { code, name: '新名' } }));
  it('changes nothing when that is its name', () => given(registered).when({ ...rename, name: '南头城社区居委会' }).expectEvents());
  it('is refused for an unknown area', () => given().when(rename).expectRejection('AREA_UNKNOWN'));
});

describe('drawing an outline', () => {
  const draw = { type: 'DrawBoundary', code, boundary: square(1), validFrom: null, invented: false, now } as const;
  const beginning = '1970-01-01T00:00:00.000Z';
  const later = '2026-05-01T00:00:00.000Z';

  it('makes a first edition that has always held', () => given(registered).when(draw).expectEvents(drawn(1, beginning, square(1))));
  it('makes a second one from now on', () =>
    given(registered, drawn(1, beginning, square(1))).when({ ...draw, boundary: square(2) }).expectEvents(drawn(2, now, square(2))));
  it('takes the date it is given', () =>
    given(registered, drawn(1, beginning, square(1))).when({ ...draw, boundary: square(2), validFrom: later }).expectEvents(drawn(2, later, square(2))));
  it('changes nothing when it holds already, now or at its old date', () => {
    given(registered, drawn(1, beginning, square(1))).when(draw).expectEvents();
    given(registered, drawn(1, beginning, square(1)), drawn(2, now, square(2))).when({ ...draw, validFrom: beginning }).expectEvents();
  });
  it('is another edition when it is no longer invented', () =>
    given(registered, drawn(1, beginning, square(1), true)).when(draw).expectEvents(drawn(2, now, square(1))));
  it('is refused at or before the last edition, and for an unknown area', () => {
    given(registered, drawn(1, now, square(1))).when({ ...draw, boundary: square(2), validFrom: now }).expectRejection('BOUNDARY_EDITION_NOT_LATER');
    given().when(draw).expectRejection('AREA_UNKNOWN');
  });
});
