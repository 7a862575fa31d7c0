import { ruleDefinition, type Reading, type RuleDefinitionInput } from '@brain/contracts';
import { compileRule } from '../rules/expressions/compile-rule.js';
import { RuleEnvironment } from '../rules/expressions/rule-environment.js';
import { RuleIndex } from '../rules/rule-index.js';
import { DeviceState, type MetricSample, type StoredCondition } from './device-state.js';
import { evaluateReading, type Finding } from './evaluate-reading.js';

const MAX_SAMPLES = 50;
const deviceId = '018f0000-0000-7000-8000-000000000002';
const device = { deviceId, name: 'lift room 3', kind: 'temperature', areaCode: '440305001001' };
const environment = new RuleEnvironment();

/** One device under some rules, which can be put away and taken up again as a restart does. */
export class EvaluatedDevice {
  readonly said: string[] = [];
  readonly clearedByPerson = new Set<string>();
  slowness = 0;
  private readonly samples: MetricSample[] = [];
  private readonly index: RuleIndex;
  private state = new DeviceState(deviceId, MAX_SAMPLES);
  private time = 0;

  constructor(...rules: readonly Partial<RuleDefinitionInput>[]) {
    this.index = new RuleIndex({
      compile: (definition) => compileRule(environment, definition),
      runBudgetMs: 5,
      runBudgetStrikes: 1,
    });
    rules.forEach((rule, index) => this.define(rule, index, 0));
  }

  define(rule: Partial<RuleDefinitionInput>, index: number, revision: number): void {
    const ruleId = `018f0000-0000-7000-8000-10000000000${String(index)}`;
    const input = { name: `rule ${String(index)}`, scope: { kind: 'temperature' }, when: 'true', severity: 'MINOR', ...rule };
    const definition = ruleDefinition.parse(input);
    this.index.apply({ type: revision === 0 ? 'RuleDefined' : 'RuleChanged', data: { ...definition, ruleId } }, revision);
  }

  read(...readings: readonly Reading[]): readonly Finding[] {
    return readings.flatMap((reading) => {
      const result = evaluateReading(this.state, this.index.rulesFor(device), reading, device, {
        recurrenceMs: 10_000,
        wasClearedByPerson: (alertId) => this.clearedByPerson.has(alertId),
        stopwatch: () => (this.time += this.slowness),
      });
      this.samples.push(...result.samples);
      for (const rule of result.overBudget) this.index.remove(rule.ruleId);
      for (const { rule, outcome } of result.findings) this.said.push(`${rule.definition.name}@${String(reading.ts)} ${JSON.stringify(outcome)}`);
      return result.findings;
    });
  }

  /** What is stored comes back; what was only in memory is gone. */
  restart(): void {
    const stored = JSON.parse(JSON.stringify(this.state)) as Record<string, StoredCondition>;
    const samples = this.samples.toSorted((a, b) => (a.metric === b.metric ? a.ts - b.ts : a.metric < b.metric ? -1 : 1));
    this.state = new DeviceState(deviceId, MAX_SAMPLES, stored, samples);
  }
}
