export const wearerStream = (wearerId: string): string => `wearer-${wearerId}`;
