import { createContext, Script } from 'node:vm';
import { DomainError } from '@brain/contracts';

const script = new Script('run()');

/**
 * Runs `work` and ends it after `budgetMs`, even in the middle of a loop, so that no expression can hang the service.
 * @throws DomainError RULE_OVER_BUDGET
 */
export function withinBudget<T>(budgetMs: number, work: () => T): T {
  let result: { readonly value: T } | undefined;
  const context = createContext({ run: () => void (result = { value: work() }) });
  try {
    script.runInContext(context, { timeout: budgetMs });
  } catch (error) {
    if (!isTimeout(error)) throw error;
    throw new DomainError('RULE_OVER_BUDGET', `The rule takes longer than its budget of ${String(budgetMs)} ms`, [
      { path: 'when', message: `takes longer than ${String(budgetMs)} ms` },
    ]);
  }
  if (result === undefined) throw new Error('The trial did not run');
  return result.value;
}

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}
