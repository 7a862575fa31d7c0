import { SetMetadata } from '@nestjs/common';
import type { PastAxis } from '@brain/contracts';

export const ANSWERS_THE_PAST = 'brain:answers-the-past';

export interface PastMark {
  /** Set: any other `at` is the handler's own. */
  readonly onlyAs?: PastAxis;
}

/**
 * `?at=&as=` asks this route for an earlier moment: all that its handler reads through `Database` is of then, `now` of
 * its request is that moment, and it has no ETag. The handler must read nothing else, or only what does not change.
 * Any other route refuses `at`.
 */
export const AnswersThePast = (mark: PastMark = {}): MethodDecorator => SetMetadata(ANSWERS_THE_PAST, mark);
