import type { ASTNode } from '@marcbachmann/cel-js';
import { COMPREHENSIONS, childrenOf, methodOf } from './syntax-tree.js';

/** Steps one evaluation may take in the worst case; at well under a microsecond a step, about a millisecond. */
export const MAX_COST = 4_000;
/** A list whose length the source does not show, e.g. an element of another list. */
const UNKNOWN_SIZE = 100;

/** Upper bound of the steps of one evaluation, from the source alone: comprehensions multiply. */
export function worstCaseCost(node: ASTNode): number {
  const method = methodOf(node);
  if (method !== undefined && COMPREHENSIONS.has(method.name)) {
    const body = method.args.reduce((sum, argument) => sum + worstCaseCost(argument), 0);
    return 1 + worstCaseCost(method.receiver) + sizeOf(method.receiver) * body;
  }
  const own = node.op === 'in' || node.op === '+' ? sizeOf(node) : 1;
  return childrenOf(node).reduce((sum, child) => sum + worstCaseCost(child), own);
}

function sizeOf(node: ASTNode): number {
  if (node.op === 'list') return node.args.length;
  if (node.op === 'in') return sizeOf(node.args[1]);
  if (node.op === '+') return sizeOf(node.args[0]) + sizeOf(node.args[1]);
  if (node.op === '?:') return Math.max(sizeOf(node.args[1]), sizeOf(node.args[2]));
  const method = methodOf(node);
  if (method !== undefined && COMPREHENSIONS.has(method.name)) return sizeOf(method.receiver);
  return node.op === 'value' ? 1 : node.op === 'id' ? UNKNOWN_SIZE : 1;
}
