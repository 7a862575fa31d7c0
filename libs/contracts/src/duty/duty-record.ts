const NAMES = ['command-refused', 'personal-data-read', 'data-exported'];

/** Kept for those who check, not news for other services: such an event stays in the store and does not go to the bus. */
export function isDutyRecord(wireName: string): boolean {
  return NAMES.includes(wireName.split('.')[1] ?? '');
}
