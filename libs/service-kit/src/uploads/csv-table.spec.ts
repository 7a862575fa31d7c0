import { describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { readCsv } from './csv-table.js';

const rowsOf = (text: string | Uint8Array, required = ['code', 'name']) => readCsv(typeof text === 'string' ? Buffer.from(text) : text, required);
const refusal = (text: string | Uint8Array) => rowsOf(text).catch((error: unknown) => error);

describe('a CSV file', () => {
  it.each(['utf8', 'gbk', 'gb18030', 'utf16le', 'utf16be'])('in %s is understood', async (encoding) => {
    const [row] = await rowsOf(iconv.encode('code,name\n440305,"南山区"\n', encoding));
    expect(row).toEqual({ line: 2, cells: { code: '440305', name: '南山区' }, fault: null });
  });

  it.each(['utf8', 'utf16le', 'utf16be'])('in %s with a byte order mark and Windows line ends is understood', async (encoding) => {
    const rows = await rowsOf(iconv.encode('code,name\r\n440305,南山区\r\n', encoding, { addBOM: true }));
    expect(rows).toEqual([{ line: 2, cells: { code: '440305', name: '南山区' }, fault: null }]);
  });

  it.each([';', '\t', '，'])('separated by %j is understood, the other separators are text', async (separator) => {
    const [row] = await rowsOf(['code', 'name', 'note'].join(separator) + '\n' + ['1', 'a', 'x,y'].join(separator) + '\n');
    expect(row?.cells).toEqual({ code: '1', name: 'a', note: 'x,y' });
  });

  it('with a separator inside of quotes in its header is separated by the comma', async () => {
    expect((await rowsOf('code,name,"a;b"\n1,x,y\n'))[0]?.cells).toEqual({ code: '1', name: 'x', 'a;b': 'y' });
  });

  it('with a quote inside a field is refused with line and column', async () => {
    const [first] = (await refusal('code,name\n1,a\n2,the "old" hall\n').then((error) => (error as { details: { errors: { path: string; message: string }[] } }).details.errors));
    expect(first?.path).toBe('line 3');
    expect(first?.message).toMatch(/^column 2: Invalid Opening Quote/u);
    expect(await refusal('code,name\n1,the "old" hall\n')).toMatchObject({ name: 'DomainError', code: 'CSV_MALFORMED' });
  });

  it('with an open quote is refused', async () => {
    expect(await refusal('code,name\n1,"a\n')).toMatchObject({ code: 'CSV_MALFORMED' });
  });

  it('without a column that is needed, or with one twice, is refused with its name', async () => {
    expect(await refusal('id,name\n1,2\n')).toMatchObject({ code: 'CSV_COLUMN_MISSING', details: { errors: [{ path: 'code' }] } });
    expect(await refusal('')).toMatchObject({ code: 'CSV_COLUMN_MISSING' });
    expect(await refusal('code,name,note,note\n1,2,3,4\n')).toMatchObject({ code: 'CSV_COLUMN_DUPLICATE', details: { errors: [{ path: 'note' }] } });
  });

  it('may have columns without a name, as spreadsheets leave them', async () => {
    expect((await rowsOf('code,name,,\n1,2,,\n'))[0]).toMatchObject({ cells: { code: '1', name: '2' }, fault: null });
  });

  it('has a fault of its own for a row with a cell too many or too few, and takes the others', async () => {
    const rows = await rowsOf('code,name\n1,a,lost\n2\n3,c\n');
    expect(rows.map(({ line, fault }) => [line, fault?.code, fault?.message])).toEqual([
      [2, 'CSV_MALFORMED', 'has 3 cells, the header has 2'],
      [3, 'CSV_MALFORMED', 'has 1 cells, the header has 2'],
      [4, undefined, undefined],
    ]);
  });

  it.each([['utf8', 0xff], ['utf8', 0xe9], ['gbk', 0xff]])('in %s with the stray byte %d refuses that row alone', async (encoding, byte) => {
    const good = iconv.encode('code,name\n1,南头街道\n2,沙河街道\n3,招商街道\n', encoding);
    const rows = await rowsOf(Buffer.concat([good, Buffer.from([0x34, 0x2c, byte, 0x0a]), iconv.encode('5,粤海街道\n', encoding)]));
    expect(rows.map(({ cells, fault }) => [cells['code'], fault?.code, fault?.path])).toEqual([
      ['1', undefined, undefined], ['2', undefined, undefined], ['3', undefined, undefined],
      ['4', 'CSV_ENCODING_UNKNOWN', 'column 2'], ['5', undefined, undefined],
    ]);
    expect(rows.map(({ cells }) => cells['name'])).toMatchObject({ 0: '南头街道', 1: '沙河街道', 2: '招商街道', 4: '粤海街道' });
  });

  it('in UTF-8 with a stray byte inside of a name is not read as GBK', async () => {
    const names = ['福田', '罗湖', '南山', '盐田', '宝安'];
    const lines = names.map((name, i) => Buffer.concat([Buffer.from(`${String(i)},`), i === 2 ? Buffer.from([0xe9]) : Buffer.alloc(0), Buffer.from(`x${name}\n`)]));
    const rows = await rowsOf(Buffer.concat([Buffer.from('code,name\n'), ...lines]));
    expect(rows.map(({ cells, fault }) => (fault === null ? cells['name'] : fault.code))).toEqual(['x福田', 'x罗湖', 'CSV_ENCODING_UNKNOWN', 'x盐田', 'x宝安']);
  });

  it('in GBK whose one name could be UTF-8 by chance is read as GBK', async () => {
    const rows = await rowsOf(iconv.encode('code,name\n1,联通\n2,南山区\n3,宝安区\n', 'gbk'));
    expect(rows.map(({ cells, fault }) => [cells['name'], fault])).toEqual([['联通', null], ['南山区', null], ['宝安区', null]]);
  });

  it.each([['latin1', 'code,name\n440305,Zürich é,\n'], ['shift_jis', 'code,name\n440305,日本ｱｲｳ\n']])('in %s is refused with the first line that cannot be read', async (encoding, text) => {
    expect(await refusal(iconv.encode(text, encoding))).toMatchObject({ code: 'CSV_ENCODING_UNKNOWN', details: { errors: [{ path: 'line 2' }] } });
  });
});
