import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiRefusal } from '@brain/local/api-client';
import { eventually, TransitServer } from '@brain/testing';
import { importAreas, registerWorker } from './district.js';
import type { Product } from './product.js';
import { startProduct, type RunningProduct } from './running-product.js';
import { killableDistrict, LOOK_OFTEN, type KillableDistrict } from './shared-product.js';
import { undoAfterAll } from './undo-after-all.js';

interface Staff {
  readonly staffId: string;
  readonly name: string;
}
interface Recorded {
  readonly data: Readonly<Record<string, unknown>>;
}

const GONE = 'STAFF_ERASED';

/** The name, or the code of the refusal. */
async function nameOf(product: Product, staffId: string): Promise<string | undefined> {
  try {
    return (await product.as('administrator').get<Staff>(`/api/staff/${staffId}`)).name;
  } catch (error) {
    if (error instanceof ApiRefusal) return error.problem.code;
    throw error;
  }
}

const masterKeysOnRecord = async (product: Product) =>
  (await product.as('auditor').get<{ items: Recorded[] }>('/api/audit/events?type=grid-registry.master-key-changed.v1')).items.map(({ data }) => data);

describe('erasure by the command line', () => {
  let district: KillableDistrict;
  let product: Product;
  let erased: string;
  let stays: string;

  beforeAll(async () => {
    district = await killableDistrict();
    product = district.whole;
    const admin = product.as('administrator');
    erased = await registerWorker(admin, '欧阳慕容', 'on-duty', district.community);
    stays = await registerWorker(admin, '李敏', 'on-duty', district.community);
  });

  it('asks for a second person, and does nothing when the first asks again', async () => {
    const first = await product.brain('erase-person', erased);
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining(`erase-person ${erased} --as auditor`) as unknown });
    expect((await product.brain('erase-person', erased)).output).toContain('Nothing is erased until another person agrees');
    expect(await nameOf(product, erased)).toBe('欧阳慕容');
  });

  it('erases when the second agrees, everywhere', async () => {
    const second = await product.brain('erase-person', erased, '--as', 'auditor');
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('is erased: two people agreed') as unknown });
    await eventually(async () => expect(await nameOf(product, erased)).toBe(GONE));
    await eventually(async () => {
      const events = await product.as('auditor').get<{ items: Recorded[] }>(`/api/audit/events?person=${erased}&limit=100`);
      expect(JSON.stringify(events)).toContain('grid-registry.staff-erased.v1');
      expect(JSON.stringify(events)).not.toContain('欧阳慕容');
    });
    expect(await nameOf(product, stays)).toBe('李敏');
  });

  it('of nobody is refused with the reason', async () => {
    const refused = await product.brain('erase-person', '018f0000-0000-7000-8000-000000000000');
    expect(refused.code).not.toBe(0);
    expect(refused.output).toMatch(/[A-Z]+_(UNKNOWN|NOT_FOUND)/);
  });

  it('is backed by a new master key: the old one is gone, what is left is still read, and the record says so', async () => {
    const [before] = (await keyFileOf(product)).split(' ');
    const rotated = await product.brain('rotate-master-key');
    expect(rotated).toMatchObject({ code: 0, output: expect.stringMatching(/\d+ keys are wrapped under mk-\d{8}-\d{6}/) as unknown });
    const lines = (await keyFileOf(product)).trim().split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(before);
    const fresh = await registerWorker(product.as('administrator'), '赵强', 'on-duty', district.community);
    await district.kill('grid-registry');
    await eventually(async () => expect(await nameOf(product, fresh)).toBe('赵强'), { timeoutMs: 60_000 });
    expect([await nameOf(product, stays), await nameOf(product, erased)]).toEqual(['李敏', GONE]);
    await eventually(async () => expect(await masterKeysOnRecord(product)).toMatchObject([{ masterKeyId: before, before: null }, { masterKeyId: lines[0]?.split(' ')[0], before }]), { timeoutMs: 60_000 });
  });
});

describe('the product with its master key in a KMS', () => {
  const undo = undoAfterAll();
  const tokenFile = path.join(tmpdir(), `brain-kms-token-${String(process.pid)}`);
  const kms = new TransitServer();
  let product: RunningProduct;

  beforeAll(async () => {
    await writeFile(tokenFile, kms.token);
    undo(() => rm(tokenFile));
    undo(() => kms.stop());
    const env = { ...LOOK_OFTEN, BRAIN_MASTER_KEY_KMS_URL: await kms.start(), BRAIN_MASTER_KEY_KMS_TOKEN_FILE: tokenFile };
    product = await startProduct({ env });
    undo(() => product.stop());
    await importAreas(product.as('administrator'));
  });

  it('keeps no key beside the database, and works', async () => {
    const staffId = await registerWorker(product.as('administrator'), '欧阳慕容');
    expect(await nameOf(product, staffId)).toBe('欧阳慕容');
    await expect(keyFileOf(product)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(kms.asked.some(({ path: asked }) => asked === '/v1/transit/encrypt/community-brain')).toBe(true);
  });

  it('goes over to the next version that the KMS makes, and then needs the one before no more', async () => {
    const staffId = await registerWorker(product.as('administrator'), '李敏');
    kms.rotate();
    expect(await product.brain('rotate-master-key')).toMatchObject({ code: 0, output: expect.stringContaining('community-brain-v2') as unknown });
    kms.minDecryptionVersion = 2;
    await product.kill('grid-registry');
    await eventually(async () => expect(await nameOf(product, staffId)).toBe('李敏'), { timeoutMs: 60_000 });
    await eventually(async () => expect(await masterKeysOnRecord(product)).toMatchObject([{ masterKeyId: 'community-brain-v1' }, { masterKeyId: 'community-brain-v2', before: 'community-brain-v1' }]), { timeoutMs: 60_000 });
  });
});

function keyFileOf({ dataDir }: Product): Promise<string> {
  return readFile(path.join(dataDir, 'keys/master-keys'), 'utf8');
}
