import type { RuleView, StoredEvent } from '@brain/contracts';
import type { RuleEvent } from './domain/rule.events.js';

/** Events → the rule as everybody sees it. */
export function ruleViewAfter(view: RuleView | undefined, event: RuleEvent, stored: StoredEvent): RuleView | undefined {
  const updated = { updatedAt: stored.metadata.time, revision: stored.revision };
  switch (event.type) {
    case 'RuleDefined':
    case 'RuleChanged':
      return { ...event.data, state: 'active', suspendedReason: null, definedAt: view?.definedAt ?? stored.metadata.time, ...updated };
    case 'RuleSuspended':
      return view && { ...view, state: 'suspended', suspendedReason: event.data.reason, ...updated };
    case 'RuleRetired':
      return view && { ...view, state: 'retired', suspendedReason: null, ...updated };
  }
}
