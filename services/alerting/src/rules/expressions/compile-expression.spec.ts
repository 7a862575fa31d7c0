import { describe, expect, it } from '@jest/globals';
import { isDomainError, type MetricValue } from '@brain/contracts';
import { compileExpression } from './compile-expression.js';
import { RuleEnvironment, type WindowReader } from './rule-environment.js';

const environment = new RuleEnvironment();
const device = { deviceId: 'd1', name: 'lift room 3', kind: 'temperature', areaCode: '440305001001' };
const noWindows: WindowReader = () => undefined;

function evaluate(source: string, reading: Record<string, MetricValue>, windows = noWindows): boolean | undefined {
  return compileExpression(environment, source, 'when').evaluate({ reading, device, area: { code: device.areaCode } }, windows);
}

function refusalOf(source: string): { code: string; path: string | undefined; message: string } {
  try {
    compileExpression(environment, source, 'clearWhen');
  } catch (error) {
    if (isDomainError(error)) return { code: error.code, path: error.details.errors?.[0]?.path, message: error.message };
    throw error;
  }
  return { code: 'accepted', path: undefined, message: '' };
}

describe('an expression over a reading', () => {
  it.each([
    ['reading.temperature > 60', { temperature: 61 }, true],
    ['reading.temperature > 60', { temperature: 60.5 }, true],
    ['reading.temperature > 60.0', { temperature: 60 }, false],
    ['reading.temperature + 1 >= 61', { temperature: 60 }, true],
    ['reading["cable-temp"] > 70', { 'cable-temp': 90 }, true],
    ['reading.open == true', { open: true }, true],
    ['reading.a > 1 || reading.b > 1', { b: 2 }, true],
    ['reading.t > 1 && device.name.startsWith("lift") && device.kind == "temperature"', { t: 2 }, true],
    ['reading.t > 1 && area.code.startsWith("440305")', { t: 2 }, true],
    ['[1, 2, 3].exists(x, x == reading.level)', { level: 2 }, true],
    ['has(reading.smoke) && reading.smoke == true', { smoke: true }, true],
  ] as [string, Record<string, MetricValue>, boolean][])('%s over %j is %s', (source, reading, expected) => {
    expect(evaluate(source, reading)).toBe(expected);
  });

  it('cannot be told without its metric, or when that is a text', () => {
    expect(evaluate('reading.temperature > 60', { humidity: 99 })).toBeUndefined();
    expect(evaluate('reading.temperature > 60', { temperature: 'hot' })).toBeUndefined();
  });

  it('asks a window for its metric and length', () => {
    const asked: unknown[] = [];
    const windows: WindowReader = (...question) => (asked.push(question), 31);
    expect(evaluate('avg("temperature", "PT10M") > 30', { temperature: 1 }, windows)).toBe(true);
    expect(asked).toEqual([['avg', 'temperature', 600_000]]);
  });

  it('cannot be told while its window has no samples', () => {
    expect(evaluate('avg("temperature", "PT10M") > 30', { temperature: 1 })).toBeUndefined();
  });
});

describe('an expression is refused', () => {
  const deep = `${'('.repeat(40)}true${')'.repeat(40)}`;
  const list = `[${Array.from({ length: 90 }, (_, i) => String(i)).join(', ')}]`;

  it.each([
    ['reading.temperature >', 'RULE_EXPRESSION_INVALID'],
    ['"a" > 1', 'RULE_EXPRESSION_INVALID'],
    ['size(reading) > 1', 'RULE_EXPRESSION_INVALID'],
    ['avg("temperature", "soon") > 1', 'RULE_EXPRESSION_INVALID'],
    ['avg("temperature", device.name) > 1', 'RULE_EXPRESSION_INVALID'],
    ['avg("temperature", "P2D") > 1', 'RULE_EXPRESSION_INVALID'],
    ['weather.rain > 1', 'RULE_REFERENCE_UNKNOWN'],
    ['device.owner == "me"', 'RULE_REFERENCE_UNKNOWN'],
    ['area.name == "x"', 'RULE_REFERENCE_UNKNOWN'],
    ['median("temperature", "PT1M") > 1', 'RULE_REFERENCE_UNKNOWN'],
    ['device.name.matches("(a+)+$")', 'RULE_REFERENCE_UNKNOWN'],
    ['cel.bind(x, 1, x > 0)', 'RULE_REFERENCE_UNKNOWN'],
    ['reading.temperature', 'RULE_NOT_BOOLEAN'],
    ['1 + 1', 'RULE_NOT_BOOLEAN'],
    [deep, 'RULE_OVER_BUDGET'],
    [`${list}.all(x, ${list}.all(y, x + y < reading.t))`, 'RULE_OVER_BUDGET'],
  ])('%.60s with %s', (source, code) => {
    expect(refusalOf(source)).toMatchObject({ code, path: 'clearWhen' });
  });

  it('naming what does not exist, and where', () => {
    expect(refusalOf('reading.t > 1 && weather.rain > 1').message).toMatch(/weather does not exist here \(at character 18\)/);
    expect(refusalOf('device.owner == "me"').message).toContain('owner');
  });
});
