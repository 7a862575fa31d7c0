import { readFileSync } from 'node:fs';
import { ApiRefusal, type ApiClient } from '../api/api-client.js';
import type { ImportAnswer, RefusedPart } from './import-answer.js';

/** One rule or a list of them, each as `POST /api/rules` takes it and each for itself. The name is the key of a repeat. */
export async function importRules(client: Pick<ApiClient, 'post'>, file: string): Promise<ImportAnswer> {
  const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const rules: readonly unknown[] = Array.isArray(content) ? content : [content];
  const refused: RefusedPart[] = [];
  for (const [index, rule] of rules.entries()) {
    try {
      await client.post('/api/rules', rule, { headers: { 'idempotency-key': keyOf(rule) } });
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status >= 500) throw error;
      refused.push(refusalOf(index, error));
    }
  }
  return { imported: rules.length - refused.length, refused };
}

function keyOf(rule: unknown): string {
  const name = typeof rule === 'object' && rule !== null && 'name' in rule ? String(rule.name) : '';
  return `import-${Buffer.from(name).toString('base64url').slice(0, 150)}`;
}

function refusalOf(index: number, { problem }: ApiRefusal): RefusedPart {
  const { code = 'REFUSED', errors, detail } = problem;
  if (code === 'IDEMPOTENCY_KEY_REUSED') {
    return { index, code: 'RULE_NAME_TAKEN', path: 'name', message: 'was imported before with another content; change that rule instead' };
  }
  const [fault] = errors ?? [];
  const message = fault?.message ?? detail;
  return { index, code, path: fault?.path ?? '', ...(message === undefined ? {} : { message }) };
}
