import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A name that a file takes from a package while it runs; types are gone by then. `*`: the whole package. */
export interface Taken {
  readonly file: string;
  readonly from: string;
  readonly name: string;
}

export interface Reach {
  /** Every file of the service that is loaded. */
  readonly files: readonly string[];
  readonly taken: readonly Taken[];
  /** What is in reach without an import: `fetch`, `process`, an `import()`, SQL that wakes or writes elsewhere… */
  readonly globals: readonly Taken[];
}

const SQL_HANDS = /\bpg_notify\b|\bnotify\s|\bdblink|\bevent_store\.|\bmessage_bus\.|\bcopy\b.*\bprogram\b/i;
const GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'navigator', 'process', 'globalThis', 'global', 'require', 'eval', 'Function'];

/** Everything that a module can lay hands on, through all that it imports. `read` is told apart for tests that plant something. */
export function reachOf(entry: string, read: (file: string) => string = (file) => readFileSync(file, 'utf8')): Reach {
  const files = new Set<string>();
  const taken: Taken[] = [];
  const globals: Taken[] = [];
  const waiting = [entry];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
    for (const { from, names } of source.statements.flatMap(importsOf)) {
      if (from.startsWith('.')) waiting.push(sourceFile(file, from));
      else for (const name of names) taken.push({ file, from, name });
    }
    globals.push(...globalsIn(source).map((name) => ({ file, from: 'global', name })));
  }
  return { files: [...files], taken, globals };
}

function importsOf(statement: ts.Statement): readonly { readonly from: string; readonly names: readonly string[] }[] {
  if (ts.isImportDeclaration(statement)) {
    const names = namesOf(statement.importClause);
    return names.length === 0 ? [] : [{ from: textOf(statement.moduleSpecifier), names }];
  }
  if (ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined && !statement.isTypeOnly) {
    return [{ from: textOf(statement.moduleSpecifier), names: ['*'] }];
  }
  if (ts.isImportEqualsDeclaration(statement)) return [{ from: statement.getText(), names: ['*'] }];
  return [];
}

/** An import without names runs the module, so it takes all of it. */
function namesOf(clause: ts.ImportClause | undefined): readonly string[] {
  if (clause === undefined) return ['*'];
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const bindings = clause.namedBindings;
  const named = bindings === undefined ? [] : ts.isNamespaceImport(bindings) ? ['*'] : bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name, propertyName }) => (propertyName ?? name).text);
  return clause.name === undefined ? named : ['default', ...named];
}

function globalsIn(source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent)) found.push('import()');
    if (ts.isIdentifier(node) && GLOBALS.includes(node.text) && !isProperty(node)) found.push(node.text);
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) {
      const hand = SQL_HANDS.exec(node.text);
      if (hand !== null) found.push(hand[0].trim());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  return (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node) || ts.isPropertySignature(parent);
}

function textOf(specifier: ts.Expression): string {
  return ts.isStringLiteral(specifier) ? specifier.text : specifier.getText();
}

function sourceFile(importer: string, from: string): string {
  const file = path.resolve(path.dirname(importer), from.replace(/\.js$/, '.ts'));
  if (!existsSync(file)) throw new Error(`${importer} imports ${from}, which is nowhere`);
  return file;
}
