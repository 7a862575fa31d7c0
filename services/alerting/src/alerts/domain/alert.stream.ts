export const alertStream = (alertId: string): string => `alert-${alertId}`;
