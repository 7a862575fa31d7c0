import { describe, expect, it } from '@jest/globals';
import { isOpenToAll, serviceFor } from './routes.js';

describe('which service a path belongs to', () => {
  it.each([
    ['/api/staff', 'grid-registry'],
    ['/api/staff/workload', 'case-management'],
    ['/api/staff/workload-plans', 'grid-registry'],
    ['/api/devices/1/token', 'sensor-ingestion'],
    ['/api/alerts/1/acknowledge', 'alerting'],
    ['/api/audit/events', 'audit'],
    ['/api/audit/room/changes', undefined],
    ['/api/casesandmore', undefined],
    ['/api/accounts', undefined],
    ['/cases', undefined],
  ])('%s → %s', (path, service) => {
    expect(serviceFor(path)).toBe(service);
  });
});

describe('without an account', () => {
  it.each([
    ['GET', '/api/audit/log/checkpoint', true],
    ['GET', '/api/audit/log/tile/0/x001/234.p/56', true],
    ['POST', '/api/audit/log/checkpoint', false],
    ['GET', '/api/audit/log/tile/entries/000', false],
    ['GET', '/api/audit/log/tile/0/../entries/000', false],
    ['GET', '/api/audit/log/checkpoint/../../events', false],
    ['GET', '/api/audit/events', false],
    ['GET', '/api/audit/proof/1', false],
  ])('%s %s: %s', (method, path, open) => {
    expect(isOpenToAll(method, path)).toBe(open);
  });
});
