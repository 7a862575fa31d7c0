import type { ServiceName } from '@brain/contracts';
import type { GatewayConfig } from '../config.js';

export type UpstreamService = Exclude<ServiceName, 'operations-gateway'>;

/** Path prefix → service, undefined for our own; the first match wins, so the special case stands before its parent. */
const ROUTES: readonly (readonly [prefix: string, service: UpstreamService | undefined])[] = [
  // The screens of the past are shown by whoever shows those of now.
  ['/api/audit/room', undefined],
  ['/api/staff/workload', 'case-management'],
  ['/api/areas', 'grid-registry'],
  ['/api/assets', 'grid-registry'],
  ['/api/staff', 'grid-registry'],
  ['/api/people', 'grid-registry'],
  ['/api/devices', 'sensor-ingestion'],
  ['/api/telemetry', 'sensor-ingestion'],
  ['/api/refused-messages', 'sensor-ingestion'],
  ['/api/ingestion', 'sensor-ingestion'],
  ['/api/rules', 'alerting'],
  ['/api/alerts', 'alerting'],
  ['/api/cases', 'case-management'],
  ['/api/schemes', 'staff-evaluation'],
  ['/api/evaluations', 'staff-evaluation'],
  ['/api/audit', 'audit'],
];

export function serviceFor(path: string): UpstreamService | undefined {
  return routeFor(path)?.[1];
}

/** The part of a path by which its service is known: what stays of it in the record of a refusal. */
export function prefixOf(path: string): string | undefined {
  return routeFor(path)?.[0];
}

function routeFor(path: string) {
  return ROUTES.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
}

/**
 * What outsiders may read without an account: the hashes and signatures of the log, so that anyone may check and
 * witness it. The entries are the events, and not among them.
 */
const OPEN_TO_ALL = /^\/api\/audit\/log\/(checkpoint|vkey|key-rotations|consistency|tile\/\d+\/[\dx/.p]+)$/;

export function isOpenToAll(method: string, path: string): boolean {
  return method === 'GET' && OPEN_TO_ALL.test(path);
}

/** Where each service listens; undefined: not part of this installation. */
export function upstreamsOf(config: GatewayConfig): ReadonlyMap<UpstreamService, URL | undefined> {
  const url = (text: string | undefined) => (text === undefined ? undefined : new URL(text));
  return new Map([
    ['grid-registry', url(config.GATEWAY_UPSTREAM_GRID)],
    ['sensor-ingestion', url(config.GATEWAY_UPSTREAM_INGESTION)],
    ['alerting', url(config.GATEWAY_UPSTREAM_ALERTING)],
    ['case-management', url(config.GATEWAY_UPSTREAM_CASES)],
    ['staff-evaluation', url(config.GATEWAY_UPSTREAM_EVALUATION)],
    ['audit', url(config.GATEWAY_UPSTREAM_AUDIT)],
  ]);
}
