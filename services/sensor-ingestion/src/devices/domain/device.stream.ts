export function deviceStream(deviceId: string): string {
  return `device-${deviceId}`;
}
