import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { from, mergeMap, type Observable } from 'rxjs';
import type { KitRequest } from '../request-context.js';
import type { PersonalDataReads } from './personal-data-reads.js';

/** The answer of a marked route leaves when the record of it is durable. */
export class PersonalDataInterceptor implements NestInterceptor {
  constructor(private readonly reads: PersonalDataReads) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<KitRequest>();
    const mark = request.personalData;
    if (mark === undefined) return next.handle();
    if (mark.answersItself) {
      return from(this.reads.given(request, mark, null)).pipe(
        mergeMap(() => {
          request.personalDataGiven = true;
          return next.handle();
        }),
      );
    }
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.reads.given(request, mark, recordsIn(answer));
        return answer;
      }),
    );
  }
}

/** Lists have `items`; anything else is one thing. */
function recordsIn(answer: unknown): number {
  if (typeof answer !== 'object' || answer === null || !('items' in answer)) return 1;
  return Array.isArray(answer.items) ? answer.items.length : 1;
}
