import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tempDir } from '@brain/testing';
import { SupervisedProcess, type Supervision } from './child-process.js';
import { StartError } from './start-error.js';

const alone: Supervision = { say: () => undefined, onLogChange: () => undefined, list: { note: () => undefined, forget: () => undefined } };

describe('a service that ends before it was ready', () => {
  it('is told with its own last words and without a stack', async () => {
    const folder = await tempDir();
    const script = path.join(folder.path, 'refused.mjs');
    await writeFile(script, "process.stderr.write('audit: EVENT_STORE_REFUSED: name the authority\\n'); process.exitCode = 1;");
    const one = new SupervisedProcess({ name: 'audit', script, env: {}, logFile: path.join(folder.path, 'audit.log'), nodeArgs: [] }, alone);
    one.start();
    const refusal = await one.ready().then(() => undefined, (error: unknown) => error);
    await one.stop();
    await folder.remove();
    expect(refusal).toBeInstanceOf(StartError);
    expect(refusal).toMatchObject({ message: 'audit ended before it was ready (exit 1): audit: EVENT_STORE_REFUSED: name the authority' });
  });
});
