import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import * as contracts from '../index.js';
import { personalFieldsOf, personalValuesIn, replacePersonal } from './personal-fields.js';
import { ERASED, notPersonal, personal, personalIfKnown } from './personal-mark.js';
import { placesOf } from './schema-walk.js';

const events = Object.values<unknown>(contracts).filter(
  (value): value is contracts.EventContract => typeof value === 'object' && value !== null && 'service' in value && 'version' in value && 'data' in value,
);

/** Text that anybody may have written: no format, no pattern, no list of words. */
function isFree(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodAny || schema instanceof z.ZodUnknown) return true;
  return schema instanceof z.ZodString && !(schema.def.checks ?? []).some((check) => check._zod.def.check === 'string_format');
}
const forgotten = (schema: z.ZodType) => placesOf(schema).filter((place) => place.mark === undefined && isFree(place.schema)).map(({ path }) => path.join('.'));

describe('every free text of every event', () => {
  it.each(events.map((event) => [event.name, event] as const))('%s says of whom it speaks, or that it speaks of nobody', (_, { data }) => {
    expect(forgotten(data)).toEqual([]);
  });

  it('is found wherever it is in a schema', () => {
    const schema = z.strictObject({
      a: z.string().min(1),
      b: z.array(z.strictObject({ c: z.string().nullable(), id: z.uuid() })),
      d: z.union([z.strictObject({ e: z.string().optional() }), z.enum(['x'])]),
      f: z.record(z.string(), z.number()),
      g: z.tuple([z.string(), z.number()]),
      h: z.unknown(),
      fixed: z.string().regex(/^x$/),
      marked: notPersonal(z.strictObject({ text: z.string() }), 'a test'),
    });
    expect(forgotten(schema)).toEqual(['a', 'b.*.c', 'd.e', 'f.*', 'g.*', 'h']);
  });
});

describe('the personal fields of the events', () => {
  it('are those of staff and of who wears a device, and what is written about cases and alerts', () => {
    const fields = events.flatMap(({ name, data }) => personalFieldsOf(data).map(({ path, kind }) => `${kind} ${name}.${path.join('.')}`));
    expect(fields.sort()).toEqual([
      'alert AlertCleared.reason',
      'alert AlertCommented.text',
      'case CaseCompleted.result',
      'case CaseExtended.reason',
      'case CaseRated.comment',
      'case CaseReassigned.reason',
      'case CaseReopened.reason',
      'case CaseReported.description',
      'case CaseReported.title',
      'case CaseReworkOrdered.reason',
      'case CaseSentBack.reason',
      'case CaseSuspended.reason',
      'case CaseVerified.comment',
      'case CaseVoided.reason',
      'person AlertCleared.reading',
      'person AlertRaised.deviceName',
      'person AlertRaised.location',
      'person AlertRaised.reading',
      'person AlertRecurred.reading',
      'person DeviceChanged.location',
      'person DeviceChanged.name',
      'person DeviceRegistered.location',
      'person DeviceRegistered.name',
      'person DeviceRetired.reason',
      'person EvaluationComputed.scores.*.name',
      'person StaffChanged.name',
      'person StaffRegistered.name',
    ]);
  });

  it('have the id of their person beside them', () => {
    for (const { data } of events) {
      const ids = placesOf(data).map(({ path }) => path.join('.'));
      for (const { path, idField } of personalFieldsOf(data)) expect(ids).toContain([...path.slice(0, -1), idField].join('.'));
    }
  });

  it('fit their schema once they are erased', () => {
    for (const { data } of events) {
      const marked = placesOf(data).flatMap(({ schema, mark }) => (mark?.isPersonal === true ? [{ schema, erased: mark.erased }] : []));
      for (const { schema, erased } of marked) expect(schema.safeParse(erased)).toMatchObject({ success: true });
    }
  });
});

describe('replacing personal values', () => {
  const item = z.strictObject({ staffId: z.uuid(), name: personal(z.string(), 'person', 'staffId') });
  const fields = personalFieldsOf(z.strictObject({ title: z.enum(['t']), people: z.array(item) }));
  const data = { title: 't', people: [{ staffId: '1', name: '陈静' }, { staffId: '2', name: '' }] };

  it('touches them alone, with the person and the place of each', () => {
    expect(personalValuesIn(data, fields)).toEqual([{ value: '陈静', subject: 'person:1', path: 'people.0.name', erased: ERASED }]);
    expect(replacePersonal(data, fields, () => '*')).toEqual({ title: 't', people: [{ staffId: '1', name: '*' }, { staffId: '2', name: '' }] });
    expect(data.people[0]?.name).toBe('陈静');
  });

  it('gives back the same object when there is none', () => {
    const nothing = { title: 't', people: [] };
    expect(replacePersonal(nothing, fields.slice(0, 0), () => '*')).toBe(nothing);
  });

  it('leaves what may be nobody\'s, and is, as it is', () => {
    const worn = personalFieldsOf(z.strictObject({ wearerId: z.uuid().nullable().optional(), at: personalIfKnown(z.int(), 'person', 'wearerId', 0) }));
    for (const wearerId of [undefined, null]) expect(replacePersonal({ wearerId, at: 7 }, worn, () => '*')).toEqual({ wearerId, at: 7 });
    expect(personalValuesIn({ wearerId: '1', at: 7 }, worn)).toEqual([{ value: 7, subject: 'person:1', path: 'at', erased: 0 }]);
  });

  it('is refused without an id beside the value', () => {
    expect(() => personalValuesIn({ people: [{ name: 'x' }] }, fields)).toThrow('people.0.name is personal, and there is no staffId');
  });
});
