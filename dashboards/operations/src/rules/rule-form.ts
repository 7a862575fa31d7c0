import type { RuleDefinitionInput, RuleView, Severity } from '@brain/contracts';

/** What the form holds; the switches decide which parts are sent. */
export interface RuleForm {
  readonly name: string;
  readonly by: 'kind' | 'devices';
  readonly scope?: { readonly kind?: string; readonly areaCode?: string; readonly deviceIds?: string[] };
  readonly when: string;
  readonly for?: string;
  readonly clearWhen?: string;
  readonly severity: Severity;
  readonly opensCase: boolean;
  readonly openCase?: { readonly category?: string; readonly title?: string };
}

export const NEW_RULE: Partial<RuleForm> = { by: 'kind', for: 'PT0S', severity: 'MAJOR', opensCase: false };

export function toForm({ name, scope, when, for: duration, clearWhen, severity, openCase }: RuleView): Partial<RuleForm> {
  return {
    name,
    by: 'deviceIds' in scope ? 'devices' : 'kind',
    scope: 'deviceIds' in scope ? { deviceIds: [...scope.deviceIds] } : { kind: scope.kind, ...(scope.areaCode === undefined ? {} : { areaCode: scope.areaCode }) },
    when,
    for: duration,
    ...(clearWhen === null ? {} : { clearWhen }),
    severity,
    opensCase: openCase !== null,
    ...(openCase === null ? {} : { openCase }),
  };
}

export function toDefinition(form: RuleForm): RuleDefinitionInput {
  const { kind = '', areaCode, deviceIds = [] } = form.scope ?? {};
  const clearWhen = form.clearWhen?.trim() ?? '';
  return {
    name: form.name.trim(),
    scope: form.by === 'devices' ? { deviceIds } : { kind, ...(areaCode === undefined ? {} : { areaCode }) },
    when: form.when.trim(),
    for: form.for?.trim() || 'PT0S',
    clearWhen: clearWhen === '' ? null : clearWhen,
    severity: form.severity,
    openCase: form.opensCase ? { category: form.openCase?.category ?? '', title: form.openCase?.title ?? '' } : null,
  };
}
