import { describe, expect, it } from '@jest/globals';
import { demoDistrict } from './demo-district.js';
import { seedDemo, type DemoClient } from './seed-demo.js';

const district = demoDistrict();

/** The gateway as seen from here: keeps what was written under each key, knows areas one try late. */
class FakeGateway implements DemoClient {
  readonly byKey = new Map<string, unknown>();
  readonly imports: string[] = [];
  private hasRefused = false;

  post<T>(path: string, body: unknown, options: { headers?: Readonly<Record<string, string>> } = {}): Promise<T> {
    return Promise.resolve().then(() => this.answer(path, body, options.headers?.['idempotency-key'])) as Promise<T>;
  }

  private answer(path: string, body: unknown, key: string | undefined): unknown {
    if (path.startsWith('/api/areas/import')) {
      this.imports.push(String(body));
      return { imported: 1, unchanged: 0, refused: [] };
    }
    if (path.endsWith('/token')) return { accessToken: `rotated ${path.split('/')[3] ?? ''}` };
    if (key === undefined) throw new Error(`${path} without a key`);
    if (path === '/api/devices' && !this.hasRefused) {
      this.hasRefused = true;
      throw Object.assign(new Error('refused'), { problem: { code: 'AREA_UNKNOWN' } });
    }
    const isRepeat = this.byKey.has(`${path} ${key}`);
    this.byKey.set(`${path} ${key}`, body);
    if (path === '/api/devices') return { deviceId: `id-${key}`, accessToken: isRepeat ? null : `token ${key}` };
    return { staffId: `id-${key}`, ...(body as object) };
  }
}

describe('seeding the demo', () => {
  it('writes areas, staff, devices and rules, and waits for services that do not know an area yet', async () => {
    const gateway = new FakeGateway();
    const seeded = await seedDemo(gateway, district);
    expect(gateway.imports).toHaveLength(1);
    expect([seeded.staff.length, seeded.devices.length, seeded.ruleCount]).toEqual([district.staff.length, district.devices.length, district.rules.length]);
    expect(seeded.devices[0]).toMatchObject({ ...district.devices[0], accessToken: 'token demo-device-001' });
  });

  it('run again writes nothing under another key and hands out new tokens', async () => {
    const gateway = new FakeGateway();
    await seedDemo(gateway, district);
    const written = new Map(gateway.byKey);
    const again = await seedDemo(gateway, district);
    expect(gateway.byKey).toEqual(written);
    expect(again.devices[0]?.accessToken).toBe('rotated id-demo-device-001');
  });
});
