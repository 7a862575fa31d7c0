import { isUuid } from '../elements/random-uuid.js';

export interface WearerChoice {
  readonly value: string;
  readonly label: string;
}

export interface WearersOffered {
  readonly people: readonly WearerChoice[];
  readonly words: string;
  readonly value: string | null;
  readonly name: string | null;
  readonly newcomer: WearerChoice;
}

/** Whom the list offers. Who is chosen stays in it, under a name rather than an id, but never before what is looked for. */
export function wearerChoices({ people, words, value, name, newcomer }: WearersOffered): WearerChoice[] {
  if (isUuid(words)) return [{ value: words.toLowerCase(), label: words.toLowerCase() }];
  if (words !== '') return [...people];
  if (value === null || value === newcomer.value) return [newcomer];
  return [{ value, label: name ?? value }, newcomer];
}
