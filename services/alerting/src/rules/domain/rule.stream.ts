export const ruleStream = (ruleId: string): string => `rule-${ruleId}`;
