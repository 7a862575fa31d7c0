import { Injectable } from '@nestjs/common';
import { coversArea, EVERYWHERE, outOfSight, type Actor } from '@brain/auth';
import { DomainError, isWithinArea, type RuleDefinition } from '@brain/contracts';
import { ScopeCopies } from '../copies/scope-copies.js';
import { ruleUnknown } from './rule-record.js';

type Scope = RuleDefinition['scope'];

/** Whose rule is it? A rule acts on all the areas of its scope, so whoever writes it must cover all of them. */
@Injectable()
export class RuleAccess {
  constructor(private readonly copies: ScopeCopies) {}

  /** @throws DomainError AREA_OUT_OF_SCOPE with the path of what lies outside */
  async requireMayWrite(actor: Actor, scope: Scope): Promise<void> {
    if ('deviceIds' in scope) {
      const areas = await this.copies.areasOfDevices(scope.deviceIds);
      const outside = scope.deviceIds.findIndex((id) => !coversArea(actor, areas.get(id) ?? EVERYWHERE));
      if (outside >= 0) throw outOfScope(`scope.deviceIds.${String(outside)}`, 'is a device outside your areas');
    } else if (scope.areaCode === undefined) {
      if (!coversArea(actor, EVERYWHERE)) throw outOfScope('scope.areaCode', 'is needed: you do not cover every area');
    } else if (!coversArea(actor, scope.areaCode)) {
      throw outOfScope('scope.areaCode', 'is outside your areas');
    }
  }

  /** Everybody sees the rules that may concern their areas, those of an area above included. @throws DomainError RULE_UNKNOWN */
  async requireMayRead(actor: Actor, scope: Scope): Promise<void> {
    if ('deviceIds' in scope) {
      const areas = await this.copies.areasOfDevices(scope.deviceIds);
      if (scope.deviceIds.some((id) => coversArea(actor, areas.get(id) ?? EVERYWHERE))) return;
      throw outOfSight(ruleUnknown());
    }
    const { areaCode } = scope;
    if (areaCode === undefined || coversArea(actor, areaCode)) return;
    if (actor.areaCodes.some((own) => isWithinArea(own, areaCode))) return;
    throw outOfSight(ruleUnknown(), areaCode);
  }
}

function outOfScope(path: string, message: string): DomainError {
  return new DomainError('AREA_OUT_OF_SCOPE', `${path} ${message}`, [{ path, message }]);
}
