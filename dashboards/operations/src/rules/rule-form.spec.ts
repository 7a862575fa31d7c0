import { describe, expect, it } from '@jest/globals';
import type { RuleView } from '@brain/contracts';
import { toDefinition, toForm, type RuleForm } from './rule-form.js';

const rule: RuleView = {
  ruleId: 'r', name: 'too hot', scope: { kind: 'temperature', areaCode: '440305' }, when: 'reading.temperature > 60.0', for: 'PT2M',
  clearWhen: 'reading.temperature < 55.0', severity: 'CRITICAL', openCase: { category: '01076', title: 'hot' },
  state: 'active', suspendedReason: null, definedAt: '', updatedAt: '', revision: 0,
};

describe('a rule in the form', () => {
  it('comes out as it went in', () => {
    const { name, scope, when, for: duration, clearWhen, severity, openCase } = rule;
    expect(toDefinition(toForm(rule) as RuleForm)).toEqual({ name, scope, when, for: duration, clearWhen, severity, openCase });
  });

  it('for chosen devices keeps them, and no kind', () => {
    const forDevices = { ...rule, scope: { deviceIds: ['d1', 'd2'] } };
    expect(toDefinition(toForm(forDevices) as RuleForm).scope).toEqual({ deviceIds: ['d1', 'd2'] });
  });

  it('sends nothing for what was left empty or switched off', () => {
    const form = { ...(toForm(rule) as RuleForm), clearWhen: '  ', opensCase: false, for: '' };
    expect(toDefinition(form)).toMatchObject({ clearWhen: null, openCase: null, for: 'PT0S' });
  });
});
