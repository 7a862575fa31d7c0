import { Inject, Injectable } from '@nestjs/common';
import { outOfSight, type Actor } from '@brain/auth';
import { DomainError, type RuleDefinition } from '@brain/contracts';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { ScopeCopies } from '../copies/scope-copies.js';
import { tryRule } from './expressions/compile-rule.js';
import { RuleEnvironment } from './expressions/rule-environment.js';

/** What must be true of a rule before it is accepted: its expressions can be evaluated in time, its scope exists. */
@Injectable()
export class CheckRule {
  /** Apart from the one that evaluates readings: a trial cut short must not leave it half-way. */
  private readonly environment = new RuleEnvironment();

  constructor(
    private readonly copies: ScopeCopies,
    @Inject(ALERTING_SETTINGS) private readonly settings: AlertingSettings,
  ) {}

  /** @throws DomainError with the path of the field */
  async check(definition: RuleDefinition, actor: Actor): Promise<void> {
    tryRule(this.environment, definition, this.settings.ALERTING_TRIAL_BUDGET_MS);
    const { scope } = definition;
    if ('deviceIds' in scope) {
      await this.checkDevices(scope.deviceIds, actor);
      return;
    }
    if (scope.areaCode !== undefined && !(await this.copies.knowsArea(scope.areaCode))) {
      throw refused('AREA_UNKNOWN', 'scope.areaCode', `There is no area ${scope.areaCode}`);
    }
  }

  /** A device outside the areas of who writes the rule is none to them. */
  private async checkDevices(deviceIds: readonly string[], actor: Actor): Promise<void> {
    const { unknown, outside } = await this.copies.devicesOutOfReach(deviceIds, actor);
    if (unknown.length === 0) return;
    const refusal = new DomainError(
      'DEVICE_UNKNOWN',
      `There is no device ${unknown.join(', ')}`,
      unknown.map((id) => ({ path: `scope.deviceIds.${String(deviceIds.indexOf(id))}`, message: 'is not a registered device' })),
    );
    throw outside ? outOfSight(refusal) : refusal;
  }
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, message, [{ path, message }]);
}
