import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What services said when they gave up by themselves; a killed one says nothing. */
export function lastWords(dataDir: string): readonly string[] {
  const folder = path.join(dataDir, 'logs');
  const files = readdirSync(folder).filter((name) => name.endsWith('.log') && !name.startsWith('postgres'));
  return files.flatMap((name) =>
    readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"level":"fatal"'))
      .map((line) => `${name}: ${line.slice(0, 400)}`),
  );
}
