/** Whether `/readyz`, which answers 503 when something is not ready, names a full disk: the gateway's own, or that of a service behind it. */
export function namesFullStorage(body: unknown): boolean {
  if (!isObject(body) || !isObject(body.checks)) return false;
  return Object.values(body.checks).some((check) => isObject(check) && check.ready === false && String(check.detail).includes('STORAGE_FULL'));
}

export async function readStorageFull(signal: AbortSignal): Promise<boolean> {
  const response = await fetch('/readyz', { signal, cache: 'no-store', headers: { accept: 'application/json' } });
  return namesFullStorage(await response.json());
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
