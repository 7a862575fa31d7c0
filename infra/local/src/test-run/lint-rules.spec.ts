import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = path.resolve(import.meta.dirname, '../../../..');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'lint-rules-')));

/** For each rule that matters most a program that breaks it. */
const violations: Record<string, string> = {
  'typescript/no-floating-promises': `export function f(p: Promise<void>): void { p; }`,
  'typescript/no-misused-promises': `export function f(p: Promise<boolean>): number { return p ? 1 : 2; }`,
  'typescript/await-thenable': `export async function f(n: number): Promise<number> { return await n; }`,
  'typescript/require-await': `export async function f(): Promise<number> { return 1; }`,
  'typescript/return-await': `export async function f(p: Promise<number>): Promise<number> { try { return p; } catch { return 0; } }`,
  'typescript/switch-exhaustiveness-check': `export function f(s: 'a' | 'b'): number { switch (s) { case 'a': return 1; } return 2; }`,
  'typescript/no-unnecessary-condition': `export function f(s: { a: number }): number { return s?.a; }`,
  'typescript/no-explicit-any': `export const a = [] as any[];`,
  'typescript/no-unsafe-assignment': `export function f(text: string): unknown { const a = JSON.parse(text); return String(a) + 'a'; }`,
  'typescript/no-unsafe-member-access': `export function f(text: string): unknown { return String(JSON.parse(text).a) + 'a'; }`,
  'typescript/no-unsafe-call': `export function f(text: string): void { void JSON.parse(text)(); }`,
  'typescript/no-unsafe-argument': `export function f(text: string): number { return text.indexOf(JSON.parse(text)); }`,
  'typescript/no-unsafe-return': `export function f(text: string): number { return JSON.parse(text); }`,
  'typescript/no-non-null-assertion': `export function f(s: string | null): string { return s!; }`,
  'typescript/no-unnecessary-type-assertion': `export function f(s: string): string { return s as string; }`,
  'typescript/restrict-template-expressions': `export function f(o: { a: number }): string { return \`\${o}\`; }`,
  'typescript/no-base-to-string': `export function f(o: { a: number }): string { return String(o); }`,
  'typescript/restrict-plus-operands': `export function f(s: string, n: number): string { return s + n; }`,
  'typescript/no-deprecated': `/** @deprecated gone */\nfunction old(): void { void 0; }\nexport function f(): void { old(); }`,
  'typescript/no-confusing-void-expression': `declare function g(): void;\nexport function f(): undefined { const x = g(); return x ?? undefined; }`,
  'typescript/only-throw-error': `export function f(): void { throw 'text'; }`,
  'typescript/prefer-promise-reject-errors': `export function f(): Promise<never> { return Promise.reject('text'); }`,
  'typescript/use-unknown-in-catch-callback-variable': `export function f(p: Promise<number>): Promise<number> { return p.catch((e: Error) => e.message.length); }`,
  'typescript/unbound-method': `export class A { n = 1; m(): number { return this.n; } }\nexport const m = new A().m;`,
  'typescript/ban-ts-comment': `// @ts-ignore\nexport const a = 1;`,
  'typescript/no-require-imports': `import fs = require('node:fs');\nexport const a = fs.existsSync('a');`,
  'no-unused-vars': `const a = 1;\nexport const b = 2;`,
  'no-empty': `export function f(): void { try { void 0; } catch {} }`,
  'no-fallthrough': `export function f(n: number): number { let m = 0; switch (n) { case 1: m = 1; default: m += 2; } return m; }`,
  'no-case-declarations': `export function f(n: number): number { switch (n) { case 1: const m = 1; return m; default: return n; } }`,
  'no-unsafe-optional-chaining': `export function f(a?: { b: number }): number { return (a?.b as unknown as { c: number }).c; }`,
  'no-control-regex': `export const a = /\\x00/;`,
  'preserve-caught-error': `export function f(): void { try { void 0; } catch (error) { throw new Error(typeof error); } }`,
  'prefer-const': `let a = 1;\nexport const b = a;`,
  'max-lines': `export const a = 1;\n${'// a line\nexport {};\n'.repeat(160)}`,
  'jest/no-focused-tests': `import { it } from '@jest/globals';\nit.only('runs alone', () => undefined);`,
  'jest/no-disabled-tests': `import { it } from '@jest/globals';\nit.skip('hides', () => undefined);`,
};

describe('the rules of the linter', () => {
  let found = new Map<string, readonly string[]>();

  beforeAll(async () => {
    const compilerOptions = { strict: true, noUncheckedIndexedAccess: true, target: 'es2022', module: 'nodenext', lib: ['es2023'], types: [] };
    writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    for (const [rule, source] of Object.entries(violations)) writeFileSync(path.join(folder, fileOf(rule)), `${source}\n`);
    found = await lint();
  }, 60_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(Object.keys(violations))('%s is in force', (rule) => {
    expect(found.get(fileOf(rule))).toContain(rule);
  });
});

function fileOf(rule: string): string {
  return `${rule.replace('/', '-')}${rule.startsWith('jest/') ? '.spec' : ''}.ts`;
}

/** The rules broken, by file. */
async function lint(): Promise<Map<string, readonly string[]>> {
  const args = [path.join(root, 'node_modules/oxlint/bin/oxlint'), '--config', path.join(root, '.oxlintrc.json'), '--format=json', ...Object.keys(violations).map(fileOf)];
  const output = await new Promise<string>((resolve) => execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, (_, stdout) => resolve(stdout)));
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
  const rules = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) {
    // `typescript(no-explicit-any)`, `eslint(no-empty)`
    const rule = code.replace(/^eslint\((.*)\)$/, '$1').replace(/^(.*)\((.*)\)$/, '$1/$2');
    rules.set(path.basename(filename), [...(rules.get(path.basename(filename)) ?? []), rule]);
  }
  return rules;
}
