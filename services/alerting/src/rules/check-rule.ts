import { Inject, Injectable } from '@nestjs/common';
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
  async check(definition: RuleDefinition): Promise<void> {
    tryRule(this.environment, definition, this.settings.ALERTING_TRIAL_BUDGET_MS);
    const { scope } = definition;
    if ('deviceIds' in scope) {
      await this.checkDevices(scope.deviceIds);
      return;
    }
    if (scope.areaCode !== undefined && !(await this.copies.knowsArea(scope.areaCode))) {
      throw refused('AREA_UNKNOWN', 'scope.areaCode', `There is no area ${scope.areaCode}`);
    }
  }

  private async checkDevices(deviceIds: readonly string[]): Promise<void> {
    const unknown = await this.copies.unknownDevices(deviceIds);
    if (unknown.length === 0) return;
    throw new DomainError(
      'DEVICE_UNKNOWN',
      `There is no device ${unknown.join(', ')}`,
      unknown.map((id) => ({ path: `scope.deviceIds.${String(deviceIds.indexOf(id))}`, message: 'is not a registered device' })),
    );
  }
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, message, [{ path, message }]);
}
