import { describe, it } from '@jest/globals';
import type { RuleDefinition } from '@brain/contracts';
import { scenario } from '@brain/testing';
import { ruleDecider } from './rule.decider.js';
import type { RuleEvent } from './rule.events.js';

const ruleId = '018f0000-0000-7000-8000-000000000001';
const definition: RuleDefinition = {
  name: 'lift room too hot',
  scope: { kind: 'temperature', areaCode: '440305' },
  when: 'reading.temperature > 60.0',
  for: 'PT2M',
  clearWhen: null,
  severity: 'CRITICAL',
  openCase: null,
};
const changed: RuleDefinition = { ...definition, when: 'reading.temperature > 70.0' };
const ruleDefined: RuleEvent = { type: 'RuleDefined', data: { ...definition, ruleId } };
const ruleChanged: RuleEvent = { type: 'RuleChanged', data: { ...changed, ruleId } };
const ruleSuspended: RuleEvent = { type: 'RuleSuspended', data: { ruleId, reason: 'slow' } };
const ruleRetired: RuleEvent = { type: 'RuleRetired', data: { ruleId } };
const { given } = scenario(ruleDecider);

describe('defining a rule', () => {
  const define = { type: 'DefineRule', ruleId, definition } as const;

  it('records the whole definition', () => given().when(define).expectEvents(ruleDefined));
  it('changes nothing when it is defined already', () => given(ruleDefined).when(define).expectEvents());
  it('does not bring a retired rule back', () => given(ruleDefined, ruleRetired).when(define).expectEvents());
});

describe('changing a rule', () => {
  const change = { type: 'ChangeRule', definition: changed } as const;

  it('records the rule as it now is', () => given(ruleDefined).when(change).expectEvents(ruleChanged));
  it('changes nothing when it is like that already', () => given(ruleDefined, ruleChanged).when(change).expectEvents());
  it('sees through another order of fields', () => {
    const { severity, ...rest } = changed;
    const shuffled: RuleEvent = { type: 'RuleChanged', data: { severity, ruleId, ...rest } };
    given(ruleDefined, shuffled).when(change).expectEvents();
  });
  it('puts a suspended rule in force again, even unchanged', () => {
    given(ruleDefined, ruleChanged, ruleSuspended).when(change).expectEvents(ruleChanged);
  });
  it('is refused for a rule that does not exist', () => given().when(change).expectRejection('RULE_UNKNOWN'));
  it('is refused once it is retired', () => given(ruleDefined, ruleRetired).when(change).expectRejection('RULE_RETIRED'));
});

describe('suspending a rule', () => {
  const suspend = { type: 'SuspendRule', reason: 'slow' } as const;

  it('records why', () => given(ruleDefined).when(suspend).expectEvents(ruleSuspended));
  it('changes nothing when it is suspended', () => given(ruleDefined, ruleSuspended).when(suspend).expectEvents());
  it('changes nothing when it is retired', () => given(ruleDefined, ruleRetired).when(suspend).expectEvents());
});

describe('retiring a rule', () => {
  const retire = { type: 'RetireRule' } as const;

  it('ends it', () => given(ruleDefined).when(retire).expectEvents(ruleRetired));
  it('changes nothing the second time', () => given(ruleDefined, ruleRetired).when(retire).expectEvents());
  it('is refused for a rule that does not exist', () => given().when(retire).expectRejection('RULE_UNKNOWN'));
});
