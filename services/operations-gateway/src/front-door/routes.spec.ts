import { describe, expect, it } from '@jest/globals';
import { serviceFor } from './routes.js';

describe('which service a path belongs to', () => {
  it.each([
    ['/api/staff', 'grid-registry'],
    ['/api/staff/workload', 'case-management'],
    ['/api/staff/workload-plans', 'grid-registry'],
    ['/api/devices/1/token', 'sensor-ingestion'],
    ['/api/alerts/1/acknowledge', 'alerting'],
    ['/api/audit/events', 'audit'],
    ['/api/casesandmore', undefined],
    ['/api/accounts', undefined],
    ['/cases', undefined],
  ])('%s → %s', (path, service) => {
    expect(serviceFor(path)).toBe(service);
  });
});
