import type { DeviceProfile } from '@brain/contracts';
import type { DemoArea } from './demo-area.js';
import { DEVICE_KINDS, type DeviceKind } from './device-kinds.js';
import { pointInside } from './point-in-area.js';
import { pick, randomFor, wholeBetween, type Random } from './seeded-random.js';

export interface DemoDevice extends DeviceProfile {
  readonly key: string;
}

const DEVICES_PER_KIND = 17;

/** Seventeen devices of each kind, each at a place inside its grid. */
export function demoDevices(areas: readonly DemoArea[]): readonly DemoDevice[] {
  const random = randomFor('devices');
  const grids = shuffled(areas.filter(({ kind }) => kind === 'grid'), random);
  return DEVICE_KINDS.flatMap((kind: DeviceKind, k) =>
    Array.from({ length: DEVICES_PER_KIND }, (_, i): DemoDevice => {
      const number = k * DEVICES_PER_KIND + i;
      const grid = grids[number % grids.length];
      if (!grid?.boundary) throw new Error('Devices stand in grids with an outline');
      return {
        key: `demo-device-${String(number + 1).padStart(3, '0')}`,
        name: nameOf(kind, grid, random),
        kind: kind.kind,
        areaCode: grid.code,
        location: pointInside(grid.boundary, random),
      };
    }),
  );
}

function nameOf({ names, isIndoors }: DeviceKind, grid: DemoArea, random: Random): string {
  const name = pick(random, names);
  return isIndoors ? `${String(wholeBetween(random, 1, 28))}栋${name}` : `${grid.name.replace(/第.网格$/, '')}${name}`;
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items.map((item) => ({ item, at: random() })).toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
