import { describe, expect, it } from '@jest/globals';
import type { RuleDefinition } from '@brain/contracts';
import { compileRule } from './expressions/compile-rule.js';
import { RuleEnvironment } from './expressions/rule-environment.js';
import { RuleIndex } from './rule-index.js';

const environment = new RuleEnvironment();
const deviceId = '018f0000-0000-7000-8000-000000000002';
const lift = { deviceId, kind: 'temperature', areaCode: '440305001001' };

function indexOf(...scopes: readonly RuleDefinition['scope'][]): RuleIndex {
  const index = new RuleIndex({ compile: (rule) => compileRule(environment, rule), runBudgetMs: 1, runBudgetStrikes: 1 });
  scopes.forEach((scope, number) => define(index, String(number), scope));
  return index;
}

function define(index: RuleIndex, ruleId: string, scope: RuleDefinition['scope']): void {
  const definition = { name: ruleId, scope, when: 'true', for: 'PT0S', clearWhen: null, severity: 'INFO', openCase: null } as const;
  index.apply({ type: 'RuleDefined', data: { ...definition, ruleId } }, 0);
}

const idsFor = (index: RuleIndex, device = lift) => index.rulesFor(device).map(({ ruleId }) => ruleId);

describe('the rules of a device', () => {
  it('are those of its kind, of an area above it, or naming it', () => {
    const index = indexOf(
      { kind: 'temperature' },
      { kind: 'smoke' },
      { kind: 'temperature', areaCode: '440305' },
      { kind: 'temperature', areaCode: '440306' },
      { deviceIds: [deviceId] },
      { deviceIds: ['018f0000-0000-7000-8000-000000000009'] },
    );
    expect(idsFor(index)).toEqual(['0', '2', '4']);
  });

  it('follow it to another area', () => {
    const index = indexOf({ kind: 'temperature', areaCode: '440306' });
    expect(idsFor(index)).toEqual([]);
    expect(idsFor(index, { ...lift, areaCode: '440306001' })).toEqual(['0']);
  });

  it('are the new ones as soon as a rule is defined, retired or suspended', () => {
    const index = indexOf({ kind: 'temperature' });
    expect(idsFor(index)).toEqual(['0']);
    define(index, '1', { deviceIds: [deviceId] });
    expect(idsFor(index)).toEqual(['0', '1']);
    index.apply({ type: 'RuleRetired', data: { ruleId: '0' } }, 1);
    index.apply({ type: 'RuleSuspended', data: { ruleId: '1', reason: 'slow' } }, 1);
    expect(idsFor(index)).toEqual([]);
  });
});
