import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tempDir } from '@brain/testing';
import { givenPassphrase, newPassphrase } from './passphrase.js';

const typing = (...answers: string[]) => ({ file: undefined, ask: () => Promise.resolve(answers.shift() ?? '') });

describe('a passphrase', () => {
  it('is asked for twice when it is new, and once when it is known', async () => {
    expect(await newPassphrase(typing('correct horse', 'correct horse'))).toBe('correct horse');
    expect(await givenPassphrase(typing('short'))).toBe('short');
  });

  it('is refused when it is mistyped or short', async () => {
    await expect(newPassphrase(typing('correct horse', 'correct house'))).rejects.toMatchObject({ code: 'PASSPHRASE_MISTYPED' });
    await expect(newPassphrase(typing('elevenchars'))).rejects.toMatchObject({ code: 'PASSPHRASE_SHORT' });
    await expect(newPassphrase(typing('\u{1F512}\u{1F512}\u{1F512}\u{1F512}\u{1F512}\u{1F512}'))).rejects.toMatchObject({ code: 'PASSPHRASE_SHORT' });
  });

  it('is the first line of a file', async () => {
    const dir = await tempDir();
    const file = path.join(dir.path, 'passphrase');
    await writeFile(file, 'from the safe, page 3\r\nnot this\n');
    expect(await newPassphrase({ file, ask: undefined })).toBe('from the safe, page 3');
    await dir.remove();
    await expect(givenPassphrase({ file, ask: undefined })).rejects.toMatchObject({ code: 'PASSPHRASE_MISSING' });
  });

  it('is missing where there is nobody to ask', async () => {
    await expect(newPassphrase({ file: undefined, ask: undefined })).rejects.toMatchObject({ code: 'PASSPHRASE_MISSING' });
  });
});
