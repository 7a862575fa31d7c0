import { LogFault } from '../log-fault.js';

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;
const NUMBER = /\d[\d.eE+-]*/g;

/**
 * JSON that says one thing only. Of a field that stands there twice a person may read the one and the proof be of the
 * other; so with a number that is more exact than it is read.
 * @throws LogFault EVENT_AMBIGUOUS; SyntaxError
 */
export function unambiguousJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let written = 0;
  const outsideStrings = text.replace(STRING, (_, colon: string | undefined) => {
    if (colon !== undefined) written += 1;
    return '';
  });
  if (written !== fieldsIn(value)) throw new LogFault('EVENT_AMBIGUOUS', 'A field stands there twice');
  const inexact = outsideStrings.match(NUMBER)?.find((number) => digitsOf(number) !== digitsOf(String(Number(number))));
  if (inexact !== undefined) throw new LogFault('EVENT_AMBIGUOUS', `${inexact.slice(0, 100)} is read as ${Number(inexact)}`);
  return value;
}

function fieldsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const members: readonly unknown[] = Object.values(value);
  return members.reduce((sum: number, member) => sum + fieldsIn(member), Array.isArray(value) ? 0 : members.length);
}

/** Without point, exponent and the zeros at both ends: what a number says apart from its size. */
function digitsOf(number: string): string {
  return number.replace(/e.*/i, '').replace('.', '').replace(/^0+|0+$/g, '');
}
