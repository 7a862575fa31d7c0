import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { ruleDefinition } from '@brain/contracts';
import { InMemoryEventStore, loadState } from '@brain/event-store';
import { Commands } from '@brain/service-kit';
import pino from 'pino';
import { alertCodec } from '../alerts/alert-codec.js';
import { alertDecider } from '../alerts/domain/alert.decider.js';
import { alertStream } from '../alerts/domain/alert.stream.js';
import { at, hotRule, message } from '../alerting-service.fixture.js';
import { ruleDecider } from '../rules/domain/rule.decider.js';
import { ruleStream } from '../rules/domain/rule.stream.js';
import { compileRule } from '../rules/expressions/compile-rule.js';
import { RuleEnvironment } from '../rules/expressions/rule-environment.js';
import { ruleCodec } from '../rules/rule-codec.js';
import { RunBudget } from '../rules/run-budget.js';
import { RecordFindings } from './record-findings.js';

const context = { actor: { type: 'user', id: 'ada' }, time: '2026-03-01T10:00:00.000Z', correlationId: 'c', causationId: 'c' } as const;

it.each([
  ['stays active while its rule is in force', false, 'active'],
  ['is cleared at once when its rule was retired meanwhile', true, 'cleared'],
] as const)('an alert %s', async (_, isRetired, status) => {
  const store = new InMemoryEventStore();
  const commands = new Commands(store, 'alerting', pino({ level: 'silent' }));
  const [ruleId, alertId, definition] = [randomUUID(), randomUUID(), ruleDefinition.parse(hotRule)];
  await commands.runFor(ruleCodec, ruleDecider, ruleStream(ruleId), { type: 'DefineRule', ruleId, definition }, context);
  if (isRetired) await commands.runFor(ruleCodec, ruleDecider, ruleStream(ruleId), { type: 'RetireRule' }, context);

  const reading = at(0, { temperature: 65 });
  const compiled = compileRule(new RuleEnvironment(), definition);
  const rule = { ruleId, revision: 0, definition, compiled, budget: new RunBudget(10, 5) };
  const arrived = message(reading);
  const outcome = { type: 'raise', alertId, since: reading.ts } as const;
  await new RecordFindings(commands, store).record([{ finding: { rule, reading, outcome }, message: arrived, device: undefined }]);
  const alert = await loadState(store, alertCodec, alertDecider, alertStream(alertId));
  const ofRule = await loadState(store, ruleCodec, ruleDecider, ruleStream(ruleId));
  expect(alert.state).toMatchObject({ status });
  // The reading raised it; what ended it is the end of the rule.
  const causes = alert.events.map(({ metadata }) => metadata.causationId);
  expect(causes).toEqual([arrived.messageId, ...(isRetired ? [ofRule.events.at(-1)?.eventId] : [])]);
});
