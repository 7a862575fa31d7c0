import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { KitRequest } from '../request-context.js';
import { PERSONAL_DATA, type PersonalDataMark } from './personal-data.decorator.js';

/** Lets everybody pass. It notes on the request what the route would show, so that a refusal by a later guard is on the record too. */
export class PersonalDataGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const mark = this.reflector.get<PersonalDataMark | undefined>(PERSONAL_DATA, context.getHandler());
    if (mark !== undefined) context.switchToHttp().getRequest<KitRequest>().personalData = mark;
    return true;
  }
}
