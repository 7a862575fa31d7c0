import { describe, expect, it } from '@jest/globals';
import { withEmbeddedFont } from './embedded-font.js';

const page = (text: string): string => `<style>body {}\n</style><p>${text}</p><style>p {}</style>`;

describe('the font of a page that goes elsewhere', () => {
  it('has a face for each Chinese character of the page, in its first style', async () => {
    const embedded = await withEmbeddedFont(page('电梯，𠮷'));
    const ranges = [...embedded.matchAll(/unicode-range: ([^}]+) }/g)].flatMap(([, range = '']) => range.split(',').map((one) => one.trim().slice(2).split('-').map((hex) => Number.parseInt(hex, 16))));
    for (const char of ['电', '梯', '，']) {
      const code = char.codePointAt(0) ?? 0;
      expect(ranges.some(([from = 0, to = from]) => code >= from && code <= to)).toBe(true);
    }
    expect(embedded.startsWith('<style>body {}\n@font-face { font-family: EvidenceSansSC;')).toBe(true);
    expect(embedded.endsWith(page('电梯，𠮷').slice('<style>body {}\n'.length))).toBe(true);
    expect(embedded).toContain('url(data:font/woff2;base64,d09GMg'); // wOF2
  });

  it('has no more than the characters need', async () => {
    expect(await withEmbeddedFont(page('Lift 3'))).toBe(page('Lift 3'));
    const [few, more] = await Promise.all([withEmbeddedFont(page('电')), withEmbeddedFont(page('电梯机房温度过高'))]);
    expect(few.length).toBeLessThan(more.length);
    expect(few.split('@font-face')).toHaveLength(2);
  });
});
