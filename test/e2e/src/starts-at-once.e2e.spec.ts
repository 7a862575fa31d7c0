import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './product.js';

const run = promisify(execFile);
const BOOTSTRAP = path.join(ROOT, 'infra/local/bootstrap.mjs');

describe('commands from one checkout', () => {
  it('can be given at once, though each builds what has changed first', async () => {
    const commands = [['start', '--help'], ['brain', '--help'], ['start', '--help']];
    const said = await Promise.all(commands.map((words) => run(process.execPath, [BOOTSTRAP, ...words], { cwd: ROOT })));
    expect(said.map(({ stdout }) => /^Usage: (\S+ \S+)/m.exec(stdout)?.[1])).toEqual(['npm start', 'npm run', 'npm start']);
  });
});
