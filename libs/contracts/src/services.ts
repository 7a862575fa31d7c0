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

/** What the names of a service's variables begin with, `CASES_HTTP_PORT` for one. */
export const VARIABLE_PREFIX = {
  'grid-registry': 'GRID',
  'sensor-ingestion': 'INGESTION',
  alerting: 'ALERTING',
  'case-management': 'CASES',
  'staff-evaluation': 'EVALUATION',
  audit: 'AUDIT',
  'operations-gateway': 'GATEWAY',
} as const satisfies Readonly<Record<ServiceName, string>>;
