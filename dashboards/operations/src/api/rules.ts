import type { RuleDefinitionInput, RuleView } from '@brain/contracts';
import type { Page } from './page.js';
import { request, type QueryValue } from './request.js';

export async function listRules(query: Readonly<Record<string, QueryValue>>): Promise<Page<RuleView>> {
  return (await request('/api/rules', { query })) as Page<RuleView>;
}

export async function saveRule(before: RuleView | null, definition: RuleDefinitionInput): Promise<void> {
  if (before === null) await request('/api/rules', { method: 'POST', body: definition });
  else await request(`/api/rules/${before.ruleId}`, { method: 'PUT', body: definition, revision: before.revision });
}

export async function retireRule({ ruleId, revision }: RuleView): Promise<void> {
  await request(`/api/rules/${ruleId}`, { method: 'DELETE', revision });
}
