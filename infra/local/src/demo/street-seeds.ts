import type { Location } from '@brain/contracts';

/**
 * Roughly where each street really lies, so that the map looks like the district. The borders between them are invented.
 */
export const STREET_SEEDS: Readonly<Record<string, Location>> = {
  '440305001': { lng: 113.917, lat: 22.549 },
  '440305002': { lng: 113.914, lat: 22.519 },
  '440305003': { lng: 113.985, lat: 22.537 },
  '440305005': { lng: 113.935, lat: 22.487 },
  '440305006': { lng: 113.905, lat: 22.477 },
  '440305007': { lng: 113.945, lat: 22.533 },
  '440305008': { lng: 113.99, lat: 22.577 },
  '440305009': { lng: 113.948, lat: 22.605 },
  '440305400': { lng: 113.887, lat: 22.532 },
};
