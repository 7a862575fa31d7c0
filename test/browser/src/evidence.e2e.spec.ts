import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { CaseView } from '@brain/contracts';
import { drawBoundaries, ownDistrict, registerWorker, soon, type OwnDistrict } from '@brain/test-e2e';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { eventually } from '@brain/testing';
import { openZip } from '@brain/verifiable-log';
import { openBrowser, screenshot, signIn } from './browser.fixture.js';

const run = promisify(execFile);
const DAY_MS = 86_400_000;

interface Checked {
  readonly name: string;
  readonly files: readonly string[];
  /** What `node verifier.mjs` said, in a folder with nothing but the package. */
  readonly said: string;
  /** That folder. */
  readonly unpacked: string;
}

describe('evidence that an auditor takes from the dashboard', () => {
  const undo = undoAfterAll();
  let product: OwnDistrict;
  let page: Page;
  let folder: string;
  let vkey: string;
  let closed: CaseView;
  let worker: string;
  let evaluationId: string;
  const period = { from: new Date(Date.now() - DAY_MS).toISOString(), to: new Date(Date.now() + 30 * DAY_MS).toISOString() };

  beforeAll(async () => {
    product = await ownDistrict();
    folder = await mkdtemp(path.join(tmpdir(), 'brain-evidence-'));
    undo(() => rm(folder, { recursive: true, force: true }));
    const [admin, operator] = [product.as('administrator'), product.as('operator')];
    await drawBoundaries(admin, product);
    worker = await registerWorker(admin, '李敏', 'on-duty', product.community);
    closed = await aClosedCase(operator);
    ({ evaluationId } = await eventually(async () => {
      const made = await product.as('evaluator').post<{ evaluationId: string; scores: unknown[] }>('/api/evaluations', { schemeId: 'on-time-closing', ...period });
      expect(made.scores.length).toBeGreaterThan(0);
      return made;
    }));
    vkey = (await (await fetch(`${product.url}/api/audit/log/vkey`)).text()).trim();
    const browser = await openBrowser({ width: 1600, height: 900 });
    undo(() => browser.close());
    page = await browser.page();
    await signIn(page, product.url, product.credential('auditor'));
    await byId('nav-audit').waitFor();
  });

  const byId = (id: string): Locator => page.getByTestId(id);

  /** Reported by hand, done by the worker on duty, closed in time. */
  async function aClosedCase(operator: ReturnType<OwnDistrict['as']>): Promise<CaseView> {
    const { caseId } = await soon(() => operator.post<CaseView>('/api/cases', { category: '01076', title: '电梯机房温度过高', description: '', areaCode: product.community, severity: 'MAJOR', source: { kind: 'hotline' } }));
    const command = (name: string, body: object = {}) => operator.post<CaseView>(`/api/cases/${caseId}/${name}`, body);
    await soon(() => command('accept'));
    await soon(() => command('dispatch'));
    await command('start');
    await command('complete', { result: '已更换风扇', evidence: [] });
    await command('verify');
    return command('close');
  }

  /** Presses the button and checks what comes as the auditor would, on a computer that has Node and nothing of ours. */
  async function taken(): Promise<Checked> {
    const [download] = await Promise.all([page.waitForEvent('download'), byId('evidence-package').click()]);
    const name = download.suggestedFilename();
    const to = await mkdtemp(path.join(folder, 'taken-'));
    const archive = `${to}.zip`;
    await download.saveAs(archive);
    await unpack(archive, to);
    const { stdout } = await run(process.execPath, ['verifier.mjs', '--package', '.', vkey], { cwd: to, env: {} });
    expect((await run(process.execPath, ['verifier.mjs'], { cwd: to, env: {} })).stdout).toBe(stdout);
    return { name, files: await readdir(to, { recursive: true }), said: stdout, unpacked: to };
  }

  it('of a case, from the search that found it, proves itself', async () => {
    await page.goto(`${product.url}/audit?case=${closed.number}`);
    await byId('evidence-package').waitFor();
    await screenshot(page, '50-evidence-button');
    const { name, files, said } = await taken();
    expect(name).toBe(`evidence-case-${closed.number}.zip`);
    expect(said).toMatch(/^PROVEN \{"origin":"community-brain\/log","events":([6-9]|\d\d+),"withheld":0/);
    for (const file of ['index.html', 'README.txt', 'checkpoint', 'proof.mjs', 'verifier.mjs']) expect(files).toContain(file);
  });

  it('of a case, from the case itself, proves itself', async () => {
    await page.goto(`${product.url}/cases?case=${closed.caseId}`);
    await byId('case-detail').waitFor();
    const { name, said } = await taken();
    expect(name).toBe(`evidence-case-${closed.caseId}.zip`);
    expect(said).toMatch(/^PROVEN /);
  });

  it('of a person and a period proves itself', async () => {
    await page.goto(`${product.url}/audit?${new URLSearchParams({ person: worker, ...period }).toString()}`);
    const { name, said } = await taken();
    expect(name).toBe(`evidence-person-${worker}.zip`);
    expect(said).toMatch(/^PROVEN /);
  });

  it('of an evaluation proves itself', async () => {
    await page.goto(`${product.url}/evaluation?evaluation=${evaluationId}`);
    const { name, said } = await taken();
    expect(name).toBe(`evidence-evaluation-${evaluationId}.zip`);
    expect(said).toMatch(/^PROVEN /);
  });

  it('has a summary that reads in a browser, in both languages', async () => {
    await page.goto(`${product.url}/audit?case=${closed.number}`);
    const { unpacked } = await taken();
    await page.goto(`file://${path.join(unpacked, 'index.html')}`);
    await page.getByText(closed.number).first().waitFor();
    await page.getByText('Evidence package of a case').first().waitFor();
    // On a computer without a Chinese font too: what the page needs of one is in it.
    expect(await page.evaluate("document.fonts.load('16px EvidenceSansSC', document.body.innerText).then((faces) => faces.map(({ status }) => status))")).not.toEqual([]);
    expect(await page.evaluate("document.fonts.ready.then(() => [...document.fonts].filter(({ status }) => status !== 'loaded').length)")).toBe(0);
    await screenshot(page, '51-evidence-summary');
    // A Chinese character is as wide as its font is high; the box in its place is not.
    const drawn = await page.getByRole('cell', { name: '电梯机房温度过高' }).first().evaluate((cell) => {
      const text = document.createRange();
      text.selectNodeContents(cell);
      const lines = Array.from(text.getClientRects()).reduce((sum, { width }) => sum + width, 0);
      return lines / Number.parseFloat(getComputedStyle(cell).fontSize);
    });
    expect(drawn).toBeCloseTo('电梯机房温度过高'.length, 1);
  });

  it('is not offered for a search that is neither a case nor a person and period', async () => {
    await page.goto(`${product.url}/audit`);
    await byId('audit-table').waitFor();
    expect(await byId('evidence-package').count()).toBe(0);
  });
});

async function unpack(archive: string, to: string): Promise<void> {
  const handle = await open(archive, 'r');
  try {
    const { size } = await handle.stat();
    const files = await openZip({
      size,
      read: async (offset, length) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
    for (const name of files.names) {
      await mkdir(path.dirname(path.join(to, name)), { recursive: true });
      await writeFile(path.join(to, name), await files.read(name));
    }
  } finally {
    await handle.close();
  }
}
