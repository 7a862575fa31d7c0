import { writeFileSync } from 'node:fs';
import type { ImportAnswer } from './import-answer.js';

/**
 * Keeps the tokens of newly registered devices, which nobody will show again, in a CSV beside the imported file,
 * readable by this user only. A file that is there is never written over.
 */
export function keepTokens(imported: string, devices: NonNullable<ImportAnswer['devices']>): string {
  const fresh = devices.filter(({ accessToken }) => accessToken !== null);
  if (fresh.length === 0) return 'no new device: tokens are shown the first time only';
  const file = `${imported}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}.tokens.csv`;
  const rows = fresh.map(({ deviceId, name, accessToken }) => [deviceId, quoted(name), accessToken ?? ''].join(','));
  writeFileSync(file, `${['deviceId,name,accessToken', ...rows].join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  return `tokens, shown this once: ${file}`;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
