import { z } from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { notPersonal } from '../personal-data/personal-mark.js';
import { areaCode, code, severity } from '../values.js';

/** Rules speak of kinds of devices and of limits; their words come back in the alerts they raise. */
export function ruleText<Schema extends z.ZodType>(schema: Schema): Schema {
  return notPersonal(schema, 'a rule holds for many devices');
}

/** ISO 8601 duration of days to seconds, e.g. PT2M, PT0S, P1DT12H. */
export const isoDuration = z.string().regex(/^P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/, 'not a duration like PT2M');

export const ruleScope = z.union([
  z.strictObject({ kind: code.min(1), areaCode: areaCode.optional() }),
  z.strictObject({ deviceIds: z.array(z.uuid()).min(1) }),
]);

export const caseTemplate = z.strictObject({
  /** 5-digit type code of the standard in force, e.g. 01076. */
  category: code.min(1).max(20),
  title: ruleText(z.string().min(1).max(200)),
});

export const ruleDefinition = z.strictObject({
  name: ruleText(z.string().min(1).max(200)),
  scope: ruleScope,
  /** CEL over reading, device, area and window functions. */
  when: ruleText(z.string().min(1).max(4000)),
  for: isoDuration.default('PT0S'),
  clearWhen: ruleText(z.string().min(1).max(4000)).nullable().default(null),
  severity,
  openCase: caseTemplate.nullable().default(null),
});
export type RuleDefinition = z.infer<typeof ruleDefinition>;
/** What a client may send: defaults not yet filled in. */
export type RuleDefinitionInput = z.input<typeof ruleDefinition>;

export const ruleDefinedV1 = defineEvent('alerting', 'RuleDefined', 1, ruleDefinition.extend({ ruleId: z.uuid() }));
export type RuleDefined = EventOf<typeof ruleDefinedV1>;
