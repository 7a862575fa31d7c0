/** Every service of the product; the prefix of its event types, the name of its topics' owner and of its schema. */
export const SERVICES = [
  'grid-registry',
  'sensor-ingestion',
  'alerting',
  'case-management',
  'staff-evaluation',
  'audit',
  'operations-gateway',
] as const;
export type ServiceName = (typeof SERVICES)[number];
