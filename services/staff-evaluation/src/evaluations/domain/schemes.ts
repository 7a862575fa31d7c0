/** 指标 */
export interface Indicator {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly unit: 'share';
  readonly direction: 'higher-is-better';
  readonly population: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Below it there is no value: "not enough cases", never 0 or 100. */
  readonly minimumSample: number;
  readonly owner: 'person';
}

/** 评价方案. A change of anything is a new version; a result pins the version it was computed under. */
export interface Scheme {
  readonly schemeId: string;
  readonly version: number;
  readonly name: { readonly zh: string; readonly en: string };
  readonly indicators: readonly { readonly indicator: Indicator; readonly weight: number }[];
}

export const onTimeClosing: Indicator = {
  id: 'on-time-closing-rate',
  name: { zh: '按期结案率', en: 'On-time closing rate' },
  unit: 'share',
  direction: 'higher-is-better',
  population:
    'Cases of the person assigned last. Voided and merged cases, cases that nobody holds, and open cases whose clock stands are left out.',
  numerator: 'Cases of the denominator that were closed no later than they were due.',
  denominator: 'Cases closed within the period, or due within it and not after the time the record was read (asOf).',
  minimumSample: 3,
  owner: 'person',
};

export const SCHEMES: readonly Scheme[] = [
  {
    schemeId: 'on-time-closing',
    version: 1,
    name: { zh: '按期结案', en: 'On-time closing' },
    indicators: [{ indicator: onTimeClosing, weight: 100 }],
  },
];

export function findScheme(schemeId: string): Scheme | undefined {
  return SCHEMES.find((scheme) => scheme.schemeId === schemeId);
}
