/** Whether both are the same JSON: the order of fields does not matter, and one that is undefined is not there. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const fields = Object.keys(a);
  return fields.every((field) => isSameJson(a[field], b[field])) && Object.keys(b).every((field) => b[field] === undefined || a[field] !== undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
