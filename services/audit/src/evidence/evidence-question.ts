/** What an evidence package is about. */
export type EvidenceQuestion =
  | { readonly about: 'case'; readonly id: string }
  | { readonly about: 'person'; readonly id: string; readonly from: string; readonly to: string }
  | { readonly about: 'evaluation'; readonly id: string };
