import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Secrets come as files where containers run: for a variable X that is not set, X_FILE is the path of a file with its
 * value; white space around it does not count.
 * @param names the variables there are
 * @returns the environment with the contents in place, and a line for each file that cannot be read
 */
export function withFiles(env: Environment, names: readonly string[]): { readonly env: Environment; readonly problems: readonly string[] } {
  const values: Record<string, string | undefined> = { ...env };
  const problems: string[] = [];
  for (const name of names) {
    const file = env[`${name}_FILE`];
    if (file === undefined) continue;
    if (env[name] !== undefined) {
      problems.push(`${name}_FILE: ${name} is set too; give one of them`);
      continue;
    }
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      problems.push(`${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
    }
  }
  return { env: values, problems };
}
