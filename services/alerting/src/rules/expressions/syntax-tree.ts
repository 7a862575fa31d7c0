import type { ASTNode } from '@marcbachmann/cel-js';

/** `list.exists(x, …)` and the like: the first argument names a variable that the others may use. */
export const COMPREHENSIONS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** Nodes directly below, in order of the source. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  return nodesIn(node.args);
}

/** A method call: name, receiver, arguments. */
export function methodOf(node: ASTNode): { name: string; receiver: ASTNode; args: readonly ASTNode[] } | undefined {
  if (node.op !== 'rcall') return undefined;
  const [name, receiver, args] = node.args;
  return { name, receiver, args };
}

export function stringLiteral(node: ASTNode | undefined): string | undefined {
  return node?.op === 'value' && typeof node.args === 'string' ? node.args : undefined;
}

function nodesIn(value: unknown): readonly ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return isNode(value) ? [value] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}
