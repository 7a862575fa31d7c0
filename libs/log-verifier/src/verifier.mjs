// Checks, offline and trusting nobody, that an event is in a log that only ever grew.
//
//   node verifier.mjs <proof.tlog-proof> <event.json> <vkey> [origin]           the event is in the log
//   node verifier.mjs --kept <older> <newer> <consistency.txt> <vkey> [origin]  the newer checkpoint continues the older
//
// It needs nothing but this file and Node 20.19 or a browser. What it relies on: SHA-256, Ed25519, and that <vkey> is
// the log's public key, got by another way than the proof. The formats: RFC 6962 (tree), RFC 8785 (canonical JSON),
// C2SP tlog-proof, tlog-checkpoint and signed-note. The origin is the log's name; without one, the name of the key.

const { crypto, TextEncoder, atob, btoa } = globalThis;

/** @param {string} code @param {string} message */
const fault = (code, message) => Object.assign(new Error(message), { code });

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Standard base64 in its one spelling. @param {string} text */
function bytesOf(text) {
  const binary = /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0 ? atob(text) : '';
  if (btoa(binary) !== text) throw fault('BASE64_MALFORMED', `${text.slice(0, 80)} is not base64`);
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** @param {string} text */
function hashOf(text) {
  if (bytesOf(text).length !== 32) throw fault('PROOF_MALFORMED', 'A line is no SHA-256');
  return bytesOf(text);
}

/** @param {string} text */
function numberOf(text) {
  if (!/^(0|[1-9]\d{0,15})$/.test(text) || !Number.isSafeInteger(Number(text))) throw fault('PROOF_MALFORMED', `${text} is no number`);
  return Number(text);
}

/** @param {...(Uint8Array | number[])} parts */
async function sha256(...parts) {
  if (!crypto?.subtle) throw fault('WEBCRYPTO_MISSING', 'A browser lends its cryptography to pages over https or from localhost only');
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(parts.flatMap((part) => [...part]))));
}

/** @param {Uint8Array} left @param {Uint8Array} right */
const node = (left, right) => sha256([1], left, right);

/** The one way to write a JSON value (RFC 8785): keys in order of their UTF-16 units, no spaces. @param {unknown} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}

/** What the log holds for an event: its canonical JSON without `position`; of a very large one, the digest of that. @param {Record<string, unknown>} event */
export async function entryOf(event) {
  const without = (/** @type {string[]} */ ...keys) => Object.fromEntries(Object.entries(event).filter(([key]) => !keys.includes(key)));
  const whole = utf8(canonical(without('position')));
  if (whole.length <= 65535) return whole;
  return utf8(canonical({ ...without('position', 'data', 'metadata'), length: whole.length, sha256: hexOf(await sha256(whole)) }));
}

/** The tree head in a signed note; throws unless this key signed it for this origin. @param {string} note @param {string} vkey @param {string} origin */
export async function openCheckpoint(note, vkey, origin) {
  const [, name = '', id = '', key64 = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
  const key = bytesOf(key64);
  const wanted = hexOf((await sha256(utf8(`${name}\n`), key)).slice(0, 4));
  if (key.length !== 33 || key[0] !== 1 || wanted !== id) throw fault('VERIFIER_KEY_MALFORMED', 'The key is no Ed25519 vkey');
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  if (split < 0 || !note.endsWith('\n') || /[^\n -\u{10ffff}]/u.test(text)) throw fault('NOTE_MALFORMED', 'Not a signed note');
  const publicKey = await crypto.subtle.importKey('raw', key.slice(1), 'Ed25519', false, ['verify']);
  let signed = false;
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [dash, signer, base64 = '', ...more] = line.split(' ');
    if (dash !== '—' || base64 === '' || more.length > 0) throw fault('NOTE_MALFORMED', 'A signature line is malformed');
    const bytes = bytesOf(base64);
    if (signer !== name || hexOf(bytes.slice(0, 4)) !== id) continue; // another key's: a witness, or one we do not know
    if (!(await crypto.subtle.verify('Ed25519', publicKey, bytes.slice(4), utf8(text)))) throw fault('SIGNATURE_INVALID', 'The signature does not fit');
    signed = true;
  }
  if (!signed) throw fault('KEY_UNKNOWN', 'Not signed by this key');
  const lines = text.slice(0, -1).split('\n');
  const [of = '', size = '', root = ''] = lines;
  if (lines.length < 3 || lines.includes('')) throw fault('CHECKPOINT_MALFORMED', 'Not a checkpoint');
  if (of !== origin) throw fault('ORIGIN_MISMATCH', `A checkpoint of ${of}, not of ${origin}`);
  return { size: numberOf(size), root: hashOf(root), base64: root };
}

/** The largest power of two below n: where RFC 6962 splits a tree. @param {number} n */
function splitOf(n) {
  let split = 1;
  while (2 * split < n) split *= 2;
  return split;
}

/** The root a path leads to from a leaf (RFC 6962, 2.1.1, read backwards). @param {number} index @param {number} size @param {Uint8Array} leaf @param {Uint8Array[]} path @returns {Promise<Uint8Array>} */
async function rootFrom(index, size, leaf, path) {
  const sibling = path.at(-1);
  if (size === 1 && sibling === undefined) return leaf;
  if (size === 1 || sibling === undefined) throw fault('PROOF_LENGTH_WRONG', 'The proof is cut off or too long');
  const split = splitOf(size);
  const rest = path.slice(0, -1);
  if (index < split) return node(await rootFrom(index, split, leaf, rest), sibling);
  return node(sibling, await rootFrom(index - split, size - split, leaf, rest));
}

/** The old and new root a consistency proof leads to (RFC 6962, 2.1.2, read backwards). @param {number} old @param {number} size @param {Uint8Array[]} path @param {Uint8Array | undefined} known @returns {Promise<[Uint8Array, Uint8Array]>} */
async function rootsFrom(old, size, path, known) {
  const last = path.at(-1);
  const rest = path.slice(0, -1);
  if (old === size) {
    const root = known ?? last;
    if (root === undefined || path.length !== (known === undefined ? 1 : 0)) throw fault('PROOF_LENGTH_WRONG', 'The proof is cut off or too long');
    return [root, root];
  }
  if (last === undefined) throw fault('PROOF_LENGTH_WRONG', 'The proof is cut off');
  const split = splitOf(size);
  const [before, after] = await (old <= split ? rootsFrom(old, split, rest, known) : rootsFrom(old - split, size - split, rest, undefined));
  return old <= split ? [before, await node(after, last)] : [await node(last, before), await node(last, after)];
}

/** Throws unless the proof shows the event in the log. @param {{ proof: string, event: Record<string, unknown>, vkey: string, origin?: string }} claim */
export async function verifyProof({ proof, event, vkey, origin = vkey.split('+')[0] ?? '' }) {
  const split = proof.indexOf('\n\n');
  const [header, ...lines] = proof.slice(0, Math.max(split, 0)).split('\n');
  if (lines[0]?.startsWith('extra ')) bytesOf(lines.shift()?.slice(6) ?? ''); // not signed, so not used
  const place = lines.shift();
  if (header !== 'c2sp.org/tlog-proof@v1' || !place?.startsWith('index ')) throw fault('PROOF_MALFORMED', 'Not a proof file');
  const index = numberOf(place.slice(6));
  const { size, root, base64 } = await openCheckpoint(proof.slice(split + 2), vkey, origin);
  if (index >= size) throw fault('INDEX_OUT_OF_TREE', `The log of ${size} has no entry ${index}`);
  const leaf = await sha256([0], await entryOf(event));
  const reached = await rootFrom(index, size, leaf, lines.map(hashOf));
  if (hexOf(reached) !== hexOf(root)) throw fault('INCLUSION_PROOF_INVALID', 'This event is not at this place of the log');
  return { origin, index, size, root: base64 };
}

/** Throws unless the newer checkpoint continues the kept one. `proof`: base64 lines. @param {{ kept: string, newer: string, proof: string, vkey: string, origin?: string }} claim */
export async function verifyKept({ kept, newer, proof, vkey, origin = vkey.split('+')[0] ?? '' }) {
  const older = await openCheckpoint(kept, vkey, origin);
  const { size, root, base64 } = await openCheckpoint(newer, vkey, origin);
  if (size < older.size) throw fault('TREE_SHRUNK', `The log had ${older.size} entries and now shows ${size}`);
  const path = proof.split('\n').filter(Boolean).map(hashOf);
  if (older.size === 0) return { origin, size, root: base64 }; // everything continues nothing
  const [before, after] = await rootsFrom(older.size, size, path, older.root);
  if (hexOf(before) !== hexOf(older.root) || hexOf(after) !== hexOf(root)) throw fault('HISTORY_FORKED', 'The newer log does not continue the kept one');
  return { origin, size, root: base64 };
}

// Started as a program, not imported:
const { process, console } = globalThis;
const fs = process?.getBuiltinModule?.('node:fs');
if (fs && process.argv[1] && decodeURI(import.meta.url).endsWith(fs.realpathSync(process.argv[1]))) {
  const [first = '', ...args] = process.argv.slice(2);
  const [a = '', b = '', c = '', d] = first === '--kept' ? args : [first, ...args];
  const read = (/** @type {string} */ path) => fs.readFileSync(path, 'utf8');
  try {
    const proven =
      first === '--kept'
        ? await verifyKept({ kept: read(a), newer: read(b), proof: read(c), vkey: d ?? '', ...(args[4] ? { origin: args[4] } : {}) })
        : await verifyProof({ proof: read(a), event: JSON.parse(read(b)), vkey: c, ...(d ? { origin: d } : {}) });
    console.log('PROVEN', JSON.stringify(proven));
  } catch (error) {
    console.error('NOT PROVEN', error instanceof Error && 'code' in error ? error.code : '', error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
