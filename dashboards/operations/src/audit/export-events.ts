import { respond } from '../api/request.js';

export type ExportFormat = 'application/x-ndjson' | 'text/csv';

interface ExportOptions {
  readonly query: Readonly<Record<string, string>>;
  readonly format: ExportFormat;
  readonly signal: AbortSignal;
  /** Told how many lines have come so far. */
  readonly onProgress: (lines: number) => void;
}

const LINE_END = 0x0a;

/** Reads a whole search as lines. A connection that ends early is an error: the server never ends a cut answer well. */
export async function exportEvents({ query, format, signal, onProgress }: ExportOptions): Promise<Blob> {
  const response = await respond('/api/audit/events', format, { query, signal });
  const reader = response.body?.getReader();
  if (reader === undefined) return response.blob();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let lines = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts, { type: format });
    parts.push(value);
    lines += value.reduce((count, byte) => (byte === LINE_END ? count + 1 : count), 0);
    onProgress(lines);
  }
}

/** Gives a file to the person at the screen. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the download must have begun
}
