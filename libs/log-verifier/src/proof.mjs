// One page that checks, offline and trusting nobody, what is said about a log that only ever grew.
//
//   node proof.mjs <proof.tlog-proof> <event.json> <vkey> [origin]           the event is in the log
//   node proof.mjs --kept <older> <newer> <consistency.txt> <vkey> [origin]  the newer checkpoint continues the older
//
// It needs nothing but this file and Node 20.19 or a browser. What it relies on: SHA-256, Ed25519, and that <vkey> is
// the log's public key, got by another way than the proof. The formats: RFC 6962 (tree), RFC 8785 (canonical JSON),
// C2SP tlog-proof, tlog-checkpoint and signed-note. The origin is the log's name; without one, the name of the key.
const { crypto, TextEncoder, atob, btoa, console, process } = globalThis;

/** The event is in the log. @param {{ proof: string, event: Record<string, unknown>, vkey: string, origin?: string | undefined }} claim */
export async function verifyProof({ proof, event, vkey, origin = nameOf(vkey) }) {
  const parts = /^c2sp\.org\/tlog-proof@v1\n(?:extra (.+)\n)?index (.+)\n((?:.+\n)*)\n([^]*)$/.exec(proof) ?? refuse('PROOF_MALFORMED', 'Not a proof file');
  const [, extra = '', place = '', hashes = '', checkpoint = ''] = parts;
  const [index, path] = [numberOf(place), hashesOf(hashes)];
  bytesOf(extra); // nobody signed it, so it is not used
  const { size, root } = await openCheckpoint(checkpoint, vkey, origin);
  if (index >= size) refuse('INDEX_OUT_OF_TREE', `The log of ${size} has no entry ${index}`);
  const reached = await rootFrom(index, size, await sha256([0], await entryOf(event)), path);
  if (base64Of(reached) !== root) refuse('INCLUSION_PROOF_INVALID', 'This event is not at this place of the log');
  return { origin, index, size, root };
}

/** The newer checkpoint continues the kept one. @param {{ kept: string, newer: string, proof: string, vkey: string, origin?: string | undefined }} claim */
export async function verifyKept({ kept, newer, proof, vkey, origin = nameOf(vkey) }) {
  const older = await openCheckpoint(kept, vkey, origin);
  const { size, root } = await openCheckpoint(newer, vkey, origin);
  if (size < older.size) refuse('TREE_SHRUNK', `The log had ${older.size} entries and now shows ${size}`);
  if (older.size === 0) return { origin, size, root }; // everything continues nothing
  const [before, after] = await rootsFrom(older.size, size, hashesOf(proof), bytesOf(older.root));
  if (base64Of(before) !== older.root || base64Of(after) !== root) refuse('HISTORY_FORKED', 'The newer log does not continue the kept one');
  return { origin, size, root };
}

/** The tree head in a note that this key signed for this origin. @param {string} note @param {string} vkey @param {string} origin */
export async function openCheckpoint(note, vkey, origin) {
  const lines = (await openNote(note, vkey)).slice(0, -1).split('\n');
  const [of = '', size = '', root = ''] = lines;
  if (lines.length < 3 || lines.includes('')) refuse('CHECKPOINT_MALFORMED', 'Not a checkpoint');
  if (of !== origin) refuse('ORIGIN_MISMATCH', `A checkpoint of ${of}, not of ${origin}`);
  return { size: numberOf(size), root: base64Of(hashOf(root)) };
}

/** The text of a note that this key signed; what others signed, witnesses perhaps, is passed over. @param {string} note @param {string} vkey */
export async function openNote(note, vkey) {
  const [, text = '', lines = ''] = /^([\n -\u{10ffff}]*\n)\n((?:— [^ \n]+ [^ \n]+\n)+)$/u.exec(note) ?? refuse('NOTE_MALFORMED', 'Not a signed note');
  const [, name = '', id = '', key64 = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const key = bytesOf(key64);
  if (key.length !== 33 || key[0] !== 1 || idOf(await sha256(utf8(`${name}\n`), key)) !== id) refuse('VERIFIER_KEY_MALFORMED', 'The key is no Ed25519 vkey');
  const publicKey = await crypto.subtle.importKey('raw', key.slice(1), 'Ed25519', false, ['verify']);
  const signatures = lines.slice(0, -1).split('\n').map((line) => ({ signer: line.split(' ')[1], bytes: bytesOf(line.split(' ')[2] ?? '') }));
  const ours = signatures.filter(({ signer, bytes }) => signer === name && idOf(bytes) === id);
  if (ours.length === 0) refuse('KEY_UNKNOWN', 'Not signed by this key');
  for (const { bytes } of ours) if (!(await crypto.subtle.verify('Ed25519', publicKey, bytes.slice(4), utf8(text)))) refuse('SIGNATURE_INVALID', 'The signature does not fit');
  return text;
}

/** What the log holds for an event: its canonical JSON without `position`; of a very large one, the digest of that. @param {Record<string, unknown>} event */
export async function entryOf(event) {
  const without = (/** @type {string[]} */ ...keys) => Object.fromEntries(Object.entries(event).filter(([key]) => !keys.includes(key)));
  const whole = utf8(canonical(without('position')));
  if (whole.length <= 65535) return whole;
  return utf8(canonical({ ...without('position', 'data', 'metadata'), length: whole.length, sha256: hexOf(await sha256(whole)) }));
}

/** An event as text that says one thing only: no field twice, no number that is read as another. @param {string} text @returns {any} */
export function eventOf(text) {
  const value = JSON.parse(text);
  const strings = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g;
  const fields = [...text.matchAll(strings)].filter(([, colon]) => colon !== undefined).length;
  const numbers = text.replace(strings, '').match(/\d[\d.eE+-]*/g) ?? [];
  const isExact = (/** @type {string} */ number) => digitsOf(number) === digitsOf(String(Number(number)));
  if (fields !== fieldsIn(value) || !numbers.every(isExact)) refuse('EVENT_AMBIGUOUS', 'A field stands there twice, or a number is more exact than it is read');
  return value;
}

/** The one way to write a JSON value (RFC 8785): keys in order of their UTF-16 units, no spaces. @param {unknown} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** The root a path leads to from a leaf (RFC 6962, 2.1.1, read backwards). @param {number} index @param {number} size @param {Uint8Array} leaf @param {Uint8Array[]} path @returns {Promise<Uint8Array>} */
async function rootFrom(index, size, leaf, path) {
  const [rest, sibling] = [path.slice(0, -1), path.at(-1)];
  if (size === 1 && sibling === undefined) return leaf;
  if (size === 1 || sibling === undefined) refuse('PROOF_LENGTH_WRONG', 'The proof is cut off or too long');
  const split = splitOf(size);
  return index < split ? node(await rootFrom(index, split, leaf, rest), sibling) : node(sibling, await rootFrom(index - split, size - split, leaf, rest));
}

/** The old and the new root a consistency proof leads to (RFC 6962, 2.1.2, read backwards). @param {number} old @param {number} size @param {Uint8Array[]} path @param {Uint8Array} [known] @returns {Promise<[Uint8Array, Uint8Array]>} */
async function rootsFrom(old, size, path, known) {
  const [rest, last] = [path.slice(0, -1), path.at(-1)];
  const root = old === size ? (known ?? last) : undefined;
  if (root !== undefined && path.length === (known === undefined ? 1 : 0)) return [root, root];
  if (old === size || last === undefined) refuse('PROOF_LENGTH_WRONG', 'The proof is cut off or too long');
  const split = splitOf(size);
  const [before, after] = await (old <= split ? rootsFrom(old, split, rest, known) : rootsFrom(old - split, size - split, rest));
  return old <= split ? [before, await node(after, last)] : [await node(last, before), await node(last, after)];
}

/** Standard base64, in its one spelling. @param {string} text */
function bytesOf(text) {
  const binary = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? atob(text) : '';
  if (btoa(binary) !== text) refuse('BASE64_MALFORMED', `${text.slice(0, 80)} is not base64`);
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** @param {...(Uint8Array | number[])} parts */
export async function sha256(...parts) {
  if (!crypto?.subtle) refuse('WEBCRYPTO_MISSING', 'A browser lends its cryptography to pages over https or from localhost only');
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

const fieldsIn = (/** @type {unknown} */ value) => (typeof value === 'object' && value !== null ? fieldsOf(value) : 0);
/** @param {object} value @returns {number} */
const fieldsOf = (value) => Object.values(value).reduce((sum, member) => sum + fieldsIn(member), Array.isArray(value) ? 0 : Object.keys(value).length);
/** Without sign, point, exponent and the zeros at both ends. */
const digitsOf = (/** @type {string} */ number) => number.replace(/e.*/i, '').replace('.', '').replace(/^0+|0+$/g, '');
/** Where a tree splits: at the largest power of two below its size. @param {number} size @returns {number} */
const splitOf = (size, split = 1) => (2 * split < size ? splitOf(size, 2 * split) : split);
const node = (/** @type {Uint8Array} */ left, /** @type {Uint8Array} */ right) => sha256([1], left, right);
const hashOf = (/** @type {string} */ line) => (bytesOf(line).length === 32 ? bytesOf(line) : refuse('PROOF_MALFORMED', 'A line is no SHA-256'));
const hashesOf = (/** @type {string} */ lines) => lines.split('\n').filter(Boolean).map(hashOf);
const numberOf = (/** @type {string} */ text) => (/^(0|[1-9]\d{0,15})$/.test(text) && Number(text) < 2 ** 53 ? Number(text) : refuse('PROOF_MALFORMED', `${text} is no number`));
const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);
const base64Of = (/** @type {Uint8Array} */ bytes) => btoa(String.fromCharCode(...bytes));
export const hexOf = (/** @type {Uint8Array} */ bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const idOf = (/** @type {Uint8Array} */ bytes) => hexOf(bytes.slice(0, 4));
export const nameOf = (/** @type {string} */ vkey) => vkey.split('+')[0] ?? '';

/** @param {string} code @param {string} message @returns {never} */
export function refuse(code, message) {
  throw Object.assign(new Error(message), { code });
}

/** @param {Promise<object>} proving */
export const report = (proving) =>
  proving.then((proven) => console.log('PROVEN', JSON.stringify(proven)), ({ code = '', message }) => {
    console.error('NOT PROVEN', code, message);
    process.exitCode = 1;
  });

// Started as a program, not imported:
const fs = process?.getBuiltinModule?.('node:fs');
if (fs && decodeURI(import.meta.url).endsWith(fs.realpathSync(process.argv[1] ?? '.').replaceAll('\\', '/'))) {
  const read = (path = '') => fs.readFileSync(path, 'utf8');
  const args = process.argv.slice(2);
  const ofKept = async ([, older, newer, proof, vkey = '', origin] = args) => verifyKept({ kept: read(older), newer: read(newer), proof: read(proof), vkey, origin });
  const ofProof = async ([proof, event, vkey = '', origin] = args) => verifyProof({ proof: read(proof), event: eventOf(read(event)), vkey, origin });
  await report(args[0] === '--kept' ? ofKept() : ofProof());
}
