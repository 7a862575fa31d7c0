/** What a kind of device usually measures: offered before its first reading has come. */
const METRICS: Readonly<Record<string, readonly string[]>> = {
  temperature: ['temperature', 'humidity'],
  humidity: ['humidity'],
  smoke: ['smoke'],
  'combustible-gas': ['gas'],
  noise: ['noise'],
  'water-depth': ['depth'],
  manhole: ['tilt', 'open'],
  rain: ['rain'],
};

export function metricsOf(kind: string): readonly string[] {
  return METRICS[kind] ?? [];
}
