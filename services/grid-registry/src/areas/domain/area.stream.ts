export const areaStream = (code: string): string => `area-${code}`;
