export const staffStream = (staffId: string): string => `staff-${staffId}`;
