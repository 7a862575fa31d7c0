import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { StoredEvent } from '@brain/contracts';
import { undoAfterAll } from '@brain/test-e2e/undo-after-all';
import { EMPTY_TREE, entryOf, formatTlogProof, generateSigningKey, growTree, inclusionProof, leafHashes, MemoryTiles, parseSigningKey, rootOf, signCheckpoint } from '@brain/verifiable-log';
import { openBrowser } from './browser.fixture.js';

const PAGE = path.join(import.meta.dirname, '../../../libs/log-verifier/src/proof.mjs');

const event = (at: number): StoredEvent => ({
  eventId: `event-${at}`,
  streamId: 'case-1',
  revision: at,
  position: String(at),
  type: 'case-management.case-opened.v1',
  data: { note: '井盖 🕳', weight: 1e21 },
  metadata: { source: 'case-management', time: '2026-03-01T08:00:00.000Z', correlationId: 'c', causationId: 'a', actor: { type: 'user', id: 'ana' } },
  recordedAt: '2026-03-01T08:00:00.005Z',
});

describe('the one-page verifier in a browser', () => {
  const { skey, vkey } = generateSigningKey('brain.example/log');
  const undo = undoAfterAll();
  let server: Server;
  let page: Page;
  let proof = '';

  beforeAll(async () => {
    const tiles = new MemoryTiles();
    const { edge, tiles: written } = growTree(EMPTY_TREE, leafHashes(Array.from({ length: 300 }, (_, at) => entryOf(event(at)))));
    for (const { address, bytes } of written) tiles.put(address, bytes);
    const checkpoint = signCheckpoint({ origin: 'brain.example/log', size: 300, root: rootOf(edge) }, [parseSigningKey(skey)]);
    proof = formatTlogProof({ index: 7, hashes: await inclusionProof(tiles, 7, 300), checkpoint });
    const source = await readFile(PAGE);
    server = createServer((request, response) => {
      response.setHeader('Content-Type', request.url === '/proof.mjs' ? 'text/javascript' : 'text/html');
      response.end(request.url === '/proof.mjs' ? source : '<title>audit</title>');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    undo(() => {
      server.closeAllConnections();
      server.close();
    });
    const browser = await openBrowser({ width: 800, height: 600 });
    undo(() => browser.close());
    page = await browser.page();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  });

  /** Runs the file as it lies there; what it says comes back as text. */
  const said = (about: StoredEvent): Promise<unknown> =>
    page.evaluate(`import('/proof.mjs').then(({ verifyProof }) => verifyProof(${JSON.stringify({ proof, event: about, vkey })})).then((proven) => proven.index, (fault) => fault.code)`);

  it('proves an event and refuses another', async () => {
    expect(await said(event(7))).toBe(7);
    expect(await said(event(8))).toBe('INCLUSION_PROOF_INVALID');
  });
});
