import type { Location, PolygonBoundary } from '@brain/contracts';
import { pointInside } from './point-in-area.js';
import type { Random } from './seeded-random.js';

const SAMPLES_PER_SEED = 40;
const ROUNDS = 8;

/** `count` places spread evenly over an outline: the centres of clusters of random points in it. West to east, north to south. */
export function spreadSeeds(boundary: PolygonBoundary, count: number, random: Random): readonly Location[] {
  const samples = Array.from({ length: count * SAMPLES_PER_SEED }, () => pointInside(boundary, random));
  let seeds = samples.slice(0, count);
  for (let round = 0; round < ROUNDS; round += 1) seeds = centresOf(samples, seeds);
  return seeds.toSorted((a, b) => a.lng - b.lng || b.lat - a.lat);
}

function centresOf(samples: readonly Location[], seeds: readonly Location[]): Location[] {
  const sums = seeds.map(() => ({ lng: 0, lat: 0, count: 0 }));
  for (const sample of samples) {
    const sum = sums[nearestOf(sample, seeds)];
    if (sum === undefined) continue;
    sum.lng += sample.lng;
    sum.lat += sample.lat;
    sum.count += 1;
  }
  return seeds.map((seed, i) => {
    const sum = sums[i];
    return sum === undefined || sum.count === 0 ? seed : { lng: sum.lng / sum.count, lat: sum.lat / sum.count };
  });
}

function nearestOf(sample: Location, seeds: readonly Location[]): number {
  let [nearest, shortest] = [0, Infinity];
  seeds.forEach((seed, i) => {
    const distance = (seed.lng - sample.lng) ** 2 + (seed.lat - sample.lat) ** 2;
    if (distance < shortest) [nearest, shortest] = [i, distance];
  });
  return nearest;
}
