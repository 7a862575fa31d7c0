// Checks, offline and trusting nobody, what is said about a log that only ever grew.
//
//   node verifier.mjs                                                           the evidence package this file lies in
//   node verifier.mjs --package <folder> [vkey] [origin]                        an unpacked evidence package
//   node verifier.mjs <proof.tlog-proof> <event.json> <vkey> [origin]           the event is in the log
//   node verifier.mjs --kept <older> <newer> <consistency.txt> <vkey> [origin]  the newer checkpoint continues the older
//
// It needs nothing but this file and Node 20.19 or a browser. What it relies on: SHA-256, Ed25519, and that <vkey> is
// the log's public key, got by another way than the proof. The formats: RFC 6962 (tree), RFC 8785 (canonical JSON),
// C2SP tlog-proof, tlog-checkpoint and signed-note. The origin is the log's name; without one, the name of the key.

const { crypto, TextEncoder, TextDecoder, atob, btoa } = globalThis;

/** @param {string} code @param {string} message */
const fault = (code, message) => Object.assign(new Error(message), { code });

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** @param {string} vkey */
const nameOf = (vkey) => vkey.split('+')[0] ?? '';

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
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
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

/** Who of these keys signed the note, and the text; throws when a signature of theirs is wrong. @param {string} note @param {string[]} vkeys */
async function openNote(note, vkeys) {
  const split = note.lastIndexOf('\n\n');
  const text = note.slice(0, split + 1);
  if (split < 0 || !note.endsWith('\n') || /[^\n -\u{10ffff}]/u.test(text)) throw fault('NOTE_MALFORMED', 'Not a signed note');
  const lines = note.slice(split + 2, -1).split('\n').map((line) => {
    const [dash, signer, base64 = '', ...more] = line.split(' ');
    if (dash !== '—' || base64 === '' || more.length > 0) throw fault('NOTE_MALFORMED', 'A signature line is malformed');
    return { signer, bytes: bytesOf(base64) };
  });
  const signedBy = new Set();
  for (const vkey of vkeys) {
    const [, name = '', id = '', key64 = ''] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
    const key = bytesOf(key64);
    const wanted = hexOf((await sha256(utf8(`${name}\n`), key)).slice(0, 4));
    if (key.length !== 33 || key[0] !== 1 || wanted !== id) throw fault('VERIFIER_KEY_MALFORMED', 'The key is no Ed25519 vkey');
    const publicKey = await crypto.subtle.importKey('raw', key.slice(1), 'Ed25519', false, ['verify']);
    for (const { signer, bytes } of lines) {
      if (signer !== name || hexOf(bytes.slice(0, 4)) !== id) continue; // another key's: a witness, or one we do not know
      if (!(await crypto.subtle.verify('Ed25519', publicKey, bytes.slice(4), utf8(text)))) throw fault('SIGNATURE_INVALID', 'The signature does not fit');
      signedBy.add(vkey);
    }
  }
  if (signedBy.size === 0) throw fault('KEY_UNKNOWN', 'Not signed by this key');
  return { text, signedBy };
}

/** The keys to trust when `vkey` is: itself, and each that its predecessor named, both having signed. @param {string} vkey @param {string} origin @param {string[]} statements */
async function followKeys(vkey, origin, statements) {
  const keys = [vkey];
  const steps = statements.map((note) => ({ note, lines: note.split('\n') })).filter(({ lines }) => lines[0] === 'key-rotation/v1' && lines[1] === origin);
  for (const current of keys) {
    for (const { note, lines: [, , from, to = ''] } of steps) {
      if (from !== current || keys.includes(to)) continue;
      const { text, signedBy } = await openNote(note, [current, to]);
      if (signedBy.size !== 2 || text !== `key-rotation/v1\n${origin}\n${from}\n${to}\n`) throw fault('KEY_ROTATION_MALFORMED', 'A key is not named by the one before');
      if (current !== keys.at(-1)) throw fault('KEY_ROTATION_FORKED', 'A key named two successors');
      keys.push(to);
    }
  }
  return keys;
}

/** The tree head in a signed note; throws unless one of these keys signed it for this origin. @param {string} note @param {string | string[]} vkey @param {string} origin */
export async function openCheckpoint(note, vkey, origin) {
  const { text } = await openNote(note, [vkey].flat());
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

/** Throws unless the proof shows the event in the log. @param {{ proof: string, event: Record<string, unknown>, vkey: string | string[], origin?: string }} claim */
export async function verifyProof({ proof, event, vkey, origin = nameOf([vkey].flat()[0] ?? '') }) {
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
export async function verifyKept({ kept, newer, proof, vkey, origin = nameOf(vkey) }) {
  const older = await openCheckpoint(kept, vkey, origin);
  const { size, root, base64 } = await openCheckpoint(newer, vkey, origin);
  if (size < older.size) throw fault('TREE_SHRUNK', `The log had ${older.size} entries and now shows ${size}`);
  const path = proof.split('\n').filter(Boolean).map(hashOf);
  if (older.size === 0) return { origin, size, root: base64 }; // everything continues nothing
  const [before, after] = await rootsFrom(older.size, size, path, older.root);
  if (hexOf(before) !== hexOf(older.root) || hexOf(after) !== hexOf(root)) throw fault('HISTORY_FORKED', 'The newer log does not continue the kept one');
  return { origin, size, root: base64 };
}

/** Is `shown` the stored value wherever that is not encrypted? @param {any} stored @param {any} shown @returns {boolean} */
function readsLike(stored, shown) {
  if (typeof stored !== 'object' || stored === null) return stored === shown;
  if (stored.alg === 'A256GCM' && Object.keys(stored).sort().join() === 'alg,ciphertext,iv,key,tag') return true;
  if (typeof shown !== 'object' || shown === null || Array.isArray(stored) !== Array.isArray(shown)) return false;
  const keys = Object.keys(stored);
  return keys.length === Object.keys(shown).length && keys.every((key) => Object.hasOwn(shown, key) && readsLike(stored[key], shown[key]));
}

/** Throws unless the package is as the log's keeper signed it and every event of it is in the log. @param {{ names: Iterable<string>, read: (name: string) => Promise<Uint8Array>, vkey: string, origin?: string }} claim */
export async function verifyPackage({ names, read, vkey, origin = nameOf(vkey) }) {
  const all = new Set(names);
  const bytes = async (/** @type {string} */ name) => (all.has(name) ? read(name) : Promise.reject(fault('PACKAGE_FILE_MISSING', `${name} is missing`)));
  const text = async (/** @type {string} */ name) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await bytes(name));
  const json = async (/** @type {string} */ name) => JSON.parse(await text(name));

  const rotations = [...all].filter((name) => name.startsWith('key-rotations/')).sort();
  const keys = await followKeys(vkey, origin, await Promise.all(rotations.map(text)));
  const signed = (await openNote(await text('manifest.note'), keys)).text;
  if (signed !== `community-brain-evidence/v1\n${origin}\n${hexOf(await sha256(await bytes('manifest.json')))}\n`) throw fault('MANIFEST_MISMATCH', 'Not the manifest that was signed');
  const { files, events } = await json('manifest.json');
  const listed = new Set(['manifest.json', 'manifest.note', ...files.map((/** @type {{ path: string }} */ { path }) => path)]);
  for (const name of all) if (!listed.has(name)) throw fault('PACKAGE_FILE_ADDED', `${name} is not in the manifest`);
  for (const { path, size, sha256: hash } of files) {
    const content = await bytes(path);
    if (content.length !== size || hexOf(await sha256(content)) !== hash) throw fault('PACKAGE_FILE_CHANGED', `${path} is not what the manifest says`);
  }

  const checkpoint = await text('checkpoint');
  const head = await openCheckpoint(checkpoint, keys, origin);
  const ids = [...listed].flatMap((path) => /^events\/([^/]+)\.json$/.exec(path)?.[1] ?? []);
  if (ids.length !== events.count) throw fault('PACKAGE_MALFORMED', `${events.count} events are promised, ${ids.length} are there`);
  for (const id of ids) {
    const event = await json(`events/${id}.json`);
    const proof = await text(`proofs/${id}.tlog-proof`);
    if (!proof.endsWith(`\n\n${checkpoint}`)) throw fault('CHECKPOINT_MISMATCH', `The proof of ${id} has another checkpoint`);
    if (event.eventId !== id) throw fault('PACKAGE_MALFORMED', `events/${id}.json is another event`);
    await verifyProof({ proof, event, vkey: keys, origin });
    if (all.has(`readable/${id}.json`) && !readsLike(event.data, (await json(`readable/${id}.json`)).data)) throw fault('READABLE_MISMATCH', `readable/${id}.json says something else than the event`);
  }
  return { origin, events: ids.length, withheld: events.withheld, size: head.size, root: head.base64 };
}

// Started as a program, not imported:
const { process, console } = globalThis;
const fs = process?.getBuiltinModule?.('node:fs');
if (fs && process.argv[1] && decodeURI(import.meta.url).endsWith(fs.realpathSync(process.argv[1]).replaceAll('\\', '/'))) {
  const read = (/** @type {string} */ path) => fs.readFileSync(path, 'utf8');
  const isIn = (/** @type {string} */ folder) => {
    const found = fs.readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
    return found.filter((name) => !fs.statSync(`${folder}/${name}`).isDirectory());
  };
  const ofPackage = (folder = '.', vkey = '', origin = '') => {
    if (vkey === '') console.error(`The key is taken from the package itself. Compare it with one that came another way: ${read(`${folder}/vkey`).trim()}`);
    const key = vkey || read(`${folder}/vkey`).trim();
    return verifyPackage({ names: isIn(folder), read: async (name) => fs.readFileSync(`${folder}/${name}`), vkey: key, ...(origin ? { origin } : {}) });
  };
  const [first, ...args] = process.argv.slice(2);
  const [a = '', b = '', c = '', d = '', e = ''] = first?.startsWith('--') ? args : [first, ...args];
  const own = decodeURI(import.meta.url).replace(/^file:\/\/(\/(?=[A-Z]:))?/, '').replace(/\/[^/]*$/, '');
  try {
    const proven = await (first === undefined
      ? ofPackage(own)
      : first === '--package'
        ? ofPackage(a, b, c)
        : first === '--kept'
          ? verifyKept({ kept: read(a), newer: read(b), proof: read(c), vkey: d, ...(e ? { origin: e } : {}) })
          : verifyProof({ proof: read(a), event: JSON.parse(read(b)), vkey: c, ...(d ? { origin: d } : {}) }));
    console.log('PROVEN', JSON.stringify(proven));
  } catch (error) {
    console.error('NOT PROVEN', error instanceof Error && 'code' in error ? error.code : '', error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
