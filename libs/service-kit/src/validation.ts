import { StandardSchemaValidationPipe } from '@nestjs/common';

/** The request does not fit its Zod schema. */
export class ValidationFailed extends Error {
  constructor(readonly errors: readonly { readonly path: string; readonly message: string }[]) {
    super('The request does not have the expected form');
    this.name = 'ValidationFailed';
  }
}

/** Checks `@Body({ schema })`, `@Query({ schema })` and the like; every issue comes with its path. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) =>
    new ValidationFailed(
      issues.map((issue) => ({
        path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
        message: issue.message,
      })),
    ),
});
