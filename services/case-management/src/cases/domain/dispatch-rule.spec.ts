import { describe, expect, it } from '@jest/globals';
import { ana, ben, worker } from './case.fixture.js';
import { candidatesFor } from './dispatch-rule.js';

const cai = 'c0000000-0000-4000-8000-000000000003';
const microGrid = '440305001001001-01';
const order = (...staff: ReturnType<typeof worker>[]) => candidatesFor(microGrid, staff).map(({ staffId }) => staffId);

describe('the dispatch rule', () => {
  it('prefers the nearest level, whatever the load', () => {
    const nearest = worker(ana, { areaCodes: [microGrid], load: 0.9 });
    const street = worker(ben, { areaCodes: ['440305001'] });
    const grid = worker(cai, { areaCodes: ['440305001001001'], load: 0.1 });
    expect(order(street, grid, nearest)).toEqual([ana, cai, ben]);
  });
  it('takes the lowest load within a level', () => {
    expect(order(worker(ana, { load: 0.3 }), worker(ben, { load: 0.2 }))).toEqual([ben, ana]);
  });
  it('breaks a tie by id, whatever the order they come in', () => {
    expect(order(worker(ben), worker(ana))).toEqual(order(worker(ana), worker(ben)));
  });
  it('counts a person with several areas at the nearest of them', () => {
    const both = worker(ana, { areaCodes: ['440305', microGrid] });
    expect(candidatesFor(microGrid, [both])).toEqual([{ staffId: ana, load: 0, areaCode: microGrid }]);
  });
  it('leaves out who is not on duty, not responsible or not a grid worker', () => {
    const below = worker(cai, { areaCodes: [`${microGrid}-02`] });
    expect(order(worker(ana, { availability: 'training' }), worker(ben, { roles: ['operator'] }), below)).toEqual([]);
  });
});
