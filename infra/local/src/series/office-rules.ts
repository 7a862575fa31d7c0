import type { RuleDefinitionInput } from '@brain/contracts';

/**
 * Two rules for the office-temperature series of the benchmark (°F). Ordinary hours lie between 60 and 81 °F; an
 * hour above or two hours below is what the labelled failures look like.
 */
export function officeRules(run: string, deviceId: string, metric: string): readonly RuleDefinitionInput[] {
  const openCase = { category: '01076', title: '' };
  return [
    {
      name: `office too hot (${run})`,
      scope: { deviceIds: [deviceId] },
      when: `reading.${metric} > 81.0`,
      for: 'PT1H',
      clearWhen: `reading.${metric} < 78.0`,
      severity: 'MAJOR',
      openCase: { ...openCase, title: 'office above 81 °F for an hour' },
    },
    {
      name: `office too cold (${run})`,
      scope: { deviceIds: [deviceId] },
      when: `reading.${metric} < 60.0`,
      for: 'PT2H',
      clearWhen: `reading.${metric} > 62.0`,
      severity: 'MAJOR',
      openCase: { ...openCase, title: 'office below 60 °F for two hours' },
    },
  ];
}
