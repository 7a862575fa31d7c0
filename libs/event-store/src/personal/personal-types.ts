import * as contracts from '@brain/contracts';
import type { EventContract, PersonalField } from '@brain/contracts';
import { wireNameOf } from '../codec.js';

/** The personal fields of every stored type that has some, by wire name. */
const FIELDS: ReadonlyMap<string, readonly PersonalField[]> = new Map(
  Object.values<unknown>(contracts)
    .filter(isEventContract)
    .map((contract) => [wireNameOf(contract), contracts.personalFieldsOf(contract.data)] as const)
    .filter(([, fields]) => fields.length > 0),
);

/** undefined: nothing of that type is about a person. */
export function personalFieldsOfType(type: string): readonly PersonalField[] | undefined {
  return FIELDS.get(type);
}

function isEventContract(value: unknown): value is EventContract {
  return typeof value === 'object' && value !== null && 'service' in value && 'name' in value && 'version' in value && 'data' in value;
}
