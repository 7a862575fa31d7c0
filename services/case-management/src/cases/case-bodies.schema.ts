import { areaCode, CASE_STATES, instant, location, severity } from '@brain/contracts';
import { listQuery } from '@brain/service-kit';
import { z } from 'zod';

export const openCaseBody = z.strictObject({
  category: z.string().min(1).max(20),
  title: z.string().trim().min(1).max(200),
  description: z.string().max(4000).default(''),
  areaCode,
  location: location.nullable().default(null),
  severity: severity.default('MINOR'),
  source: z
    .strictObject({
      kind: z.enum(['patrol', 'resident', 'hotline', 'department', 'inspection']),
      system: z.string().trim().min(1).max(60).optional(),
      reference: z.string().trim().min(1).max(120).optional(),
    })
    .refine(({ system, reference }) => (system === undefined) === (reference === undefined), {
      path: ['reference'],
      message: 'system and reference are given together',
    })
    .default({ kind: 'patrol' }),
});
export type OpenCaseBody = z.infer<typeof openCaseBody>;

const booleanText = z.enum(['true', 'false']).transform((text) => text === 'true');

export const caseListQuery = listQuery.extend({
  state: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(CASE_STATES)))
    .optional(),
  assignee: z.uuid().optional(),
  areaCode: areaCode.optional(),
  category: z.string().max(20).optional(),
  overdue: booleanText.optional(),
  needsAssignee: booleanText.optional(),
  q: z.string().trim().min(1).max(100).optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type CaseListQuery = z.infer<typeof caseListQuery>;
