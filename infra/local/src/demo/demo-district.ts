import type { DemoArea } from './demo-area.js';
import { demoAreas } from './demo-areas.js';
import { demoDevices, type DemoDevice } from './demo-devices.js';
import { demoRules, type DemoRule } from './demo-rules.js';
import { demoStaff, type DemoPerson } from './demo-staff.js';

export interface DemoDistrict {
  readonly areas: readonly DemoArea[];
  readonly staff: readonly DemoPerson[];
  readonly devices: readonly DemoDevice[];
  readonly rules: readonly DemoRule[];
}

/** Nanshan with its real streets and communities and everything else invented; the same on every call. */
export function demoDistrict(): DemoDistrict {
  const areas = demoAreas();
  const [county] = areas;
  if (county === undefined) throw new Error('The demo district has no areas');
  return { areas, staff: demoStaff(areas), devices: demoDevices(areas), rules: demoRules(county.code) };
}
