import type { FormInstance } from 'antd';
import { problemOf } from '../api/api-error.js';

/** Puts the server's `errors[].path` at the fields they are about. Says whether it found any. */
export function showFieldErrors(form: FormInstance, error: unknown): boolean {
  const errors = problemOf(error).errors ?? [];
  const known = errors.filter(({ path }) => path !== '');
  form.setFields(known.map(({ path, message }) => ({ name: pathOf(path), errors: [message] })));
  return known.length > 0;
}

/** `scope.deviceIds.0` → ['scope', 'deviceIds', 0] */
export function pathOf(path: string): (string | number)[] {
  return path === '' ? [] : path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
