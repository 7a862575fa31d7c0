import type { FormInstance } from 'antd';
import { problemOf } from '../api/api-error.js';

/**
 * Puts the server's `errors[].path` at the fields they are about. Says whether it found any. What is wrong with a form as
 * such is told in the server's words; a state of the world, such as WEARER_ERASED, in those of `say`.
 */
export function showFieldErrors(form: FormInstance, error: unknown, say?: (error: unknown) => string): boolean {
  const { code, errors = [] } = problemOf(error);
  const known = errors.filter(({ path }) => path !== '');
  const words = say === undefined || code === 'VALIDATION_FAILED' ? null : say(error);
  form.setFields(known.map(({ path, message }) => ({ name: pathOf(path), errors: [words ?? message] })));
  return known.length > 0;
}

/** `scope.deviceIds.0` → ['scope', 'deviceIds', 0] */
export function pathOf(path: string): (string | number)[] {
  return path === '' ? [] : path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
