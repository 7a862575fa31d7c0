import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { Observable } from 'rxjs';
import type { KitRequest } from '../request-context.js';
import { inThePast } from './past.js';

/** The handler works in the past; what is done with its answer, the record of the reading for one, is done now. */
export class PastInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const { past } = context.switchToHttp().getRequest<KitRequest>();
    if (past === undefined) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    const inThePresent = AsyncLocalStorage.snapshot();
    return new Observable((subscriber) => {
      const answered = inThePast(past, () =>
        next.handle().subscribe({
          next: (answer) =>
            inThePresent(() => {
              response.removeHeader('ETag'); // nobody can change what was
              subscriber.next(answer);
            }),
          error: (error: unknown) => inThePresent(() => subscriber.error(error)),
          complete: () => inThePresent(() => subscriber.complete()),
        }),
      );
      return () => answered.unsubscribe();
    });
  }
}
