import { instant, type CaseCommandName } from '@brain/contracts';
import { ValidationFailed } from '@brain/service-kit';
import { z } from 'zod';
import type { CaseActor, CaseCommand } from './domain/case.commands.js';

interface Circumstances {
  readonly caseId: string;
  readonly by: CaseActor;
  readonly now: string;
}
type ReadStep = (body: unknown, circumstances: Circumstances) => CaseCommand;

const reason = z.string().trim().min(1).max(2000);
const comment = z.string().max(2000).default('');
const nothing = z.strictObject({});
const because = z.strictObject({ reason });
const completion = z.strictObject({
  result: z.string().trim().min(1).max(4000),
  evidence: z.array(z.string().min(1).max(500)).max(50).default([]),
});

export const dispatchBody = z.strictObject({ assignee: z.uuid().optional() });
export const reassignBody = because.extend({ assignee: z.uuid() });

/** The body of each command and the command it becomes. Those that give it to somebody need the staff at hand: see dispatch/. */
export const CASE_STEPS: Readonly<Record<Exclude<CaseCommandName, 'dispatch' | 'reassign'>, ReadStep>> = {
  accept: step(nothing, (_, by) => ({ type: 'AcceptCase', ...by })),
  start: step(nothing, (_, by) => ({ type: 'StartCase', ...by })),
  'send-back': step(because, (body, by) => ({ type: 'SendBackCase', ...by, ...body })),
  complete: step(completion, (body, by) => ({ type: 'CompleteCase', ...by, ...body })),
  verify: step(z.strictObject({ comment }), (body, by) => ({ type: 'VerifyCase', ...by, ...body })),
  rework: step(because, (body, by) => ({ type: 'ReworkCase', ...by, ...body })),
  close: step(nothing, (_, by) => ({ type: 'CloseCase', ...by })),
  reopen: step(because, (body, by) => ({ type: 'ReopenCase', ...by, ...body })),
  extend: step(because.extend({ dueAt: instant }), (body, by) => ({ type: 'ExtendCase', ...by, ...body })),
  suspend: step(because.extend({ reviewAt: instant }), (body, by) => ({ type: 'SuspendCase', ...by, ...body })),
  resume: step(nothing, (_, by) => ({ type: 'ResumeCase', ...by })),
  void: step(because, (body, by) => ({ type: 'VoidCase', ...by, ...body })),
  merge: step(z.strictObject({ intoCaseId: z.uuid() }), (body, by) => ({ type: 'MergeCase', ...by, ...body })),
  rate: step(z.strictObject({ satisfaction: z.int().min(1).max(5), comment }), (body, by) => ({
    type: 'RateCase',
    ...by,
    ...body,
  })),
};

/** The schema depends on the command in the path, so it is checked here and not by the parameter pipe. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return result.data;
  throw new ValidationFailed(result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

function step<Schema extends z.ZodType>(
  schema: Schema,
  toCommand: (body: z.output<Schema>, circumstances: Circumstances) => CaseCommand,
): ReadStep {
  return (body, circumstances) => toCommand(readBody(schema, body), circumstances);
}
