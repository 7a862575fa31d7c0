// Checks an evidence package, offline and trusting nobody. Each event is proven by proof.mjs, the page beside this file.
//
//   node verifier.mjs                             the package this file lies in
//   node verifier.mjs --package <folder> [vkey] [origin]
//
// What it relies on beyond proof.mjs: nothing. Without a key, that of the package is taken: the package then agrees with
// itself, and whose key that is remains to be compared.
import { eventOf, hexOf, nameOf, openCheckpoint, openNote, refuse, report, sha256, verifyProof } from './proof.mjs';

const { TextDecoder, console, process } = globalThis;

/**
 * The package is as the keeper of the log signed it, and every event of it is in the log.
 * @param {{ names: Iterable<string>, read: (name: string) => Promise<Uint8Array>, vkey: string, origin?: string | undefined }} claim
 */
export async function verifyPackage({ names, read, vkey, origin = nameOf(vkey) }) {
  const all = new Set(names);
  const bytes = async (/** @type {string} */ name) => (all.has(name) ? read(name) : refuse('PACKAGE_FILE_MISSING', `${name} is missing`));
  const text = async (/** @type {string} */ name) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await bytes(name));
  const json = async (/** @type {string} */ name) => eventOf(await text(name));

  // The keys: the one that is trusted, and each that its predecessor named.
  const rotations = [...all].filter((name) => name.startsWith('key-rotations/')).sort();
  const keys = await followKeys(vkey, origin, await Promise.all(rotations.map(text)));

  // The files: those of the signed manifest, unchanged, and no others.
  const note = await text('manifest.note');
  const signed = await openNote(note, await signerOf(note, keys));
  const promised = `community-brain-evidence/v1\n${origin}\n${hexOf(await sha256(await bytes('manifest.json')))}\n`;
  if (signed !== promised) refuse('MANIFEST_MISMATCH', 'Not the manifest that was signed');
  const { files, events } = JSON.parse(await text('manifest.json'));
  const listed = new Set(['manifest.json', 'manifest.note', ...files.map((/** @type {{ path: string }} */ { path }) => path)]);
  for (const name of all) if (!listed.has(name)) refuse('PACKAGE_FILE_ADDED', `${name} is not in the manifest`);
  for (const { path, size, sha256: hash } of files) {
    const content = await bytes(path);
    if (content.length !== size || hexOf(await sha256(content)) !== hash) refuse('PACKAGE_FILE_CHANGED', `${path} is not what the manifest says`);
  }

  // The events: as many as promised, each proven against the one checkpoint, each shown as it is.
  const checkpoint = await text('checkpoint');
  const signer = await signerOf(checkpoint, keys);
  const { size, root } = await openCheckpoint(checkpoint, signer, origin);
  const ids = [...listed].flatMap((path) => /^events\/([^/]+)\.json$/.exec(path)?.[1] ?? []);
  if (ids.length !== events.count) refuse('PACKAGE_MALFORMED', `${events.count} events are promised, ${ids.length} are there`);
  for (const id of ids) {
    const event = await json(`events/${id}.json`);
    const proof = await text(`proofs/${id}.tlog-proof`);
    if (!proof.endsWith(`\n\n${checkpoint}`)) refuse('CHECKPOINT_MISMATCH', `The proof of ${id} has another checkpoint`);
    if (event.eventId !== id) refuse('PACKAGE_MALFORMED', `events/${id}.json is another event`);
    await verifyProof({ proof, event, vkey: signer, origin });
    const shown = all.has(`readable/${id}.json`) ? (await json(`readable/${id}.json`)).data : event.data;
    if (!readsLike(event.data, shown)) refuse('READABLE_MISMATCH', `readable/${id}.json says something else than the event`);
  }
  return { origin, events: ids.length, withheld: events.withheld, size, root };
}

/** The keys to trust when `vkey` is: itself, and each that its predecessor named, both having signed. @param {string} vkey @param {string} origin @param {string[]} statements */
async function followKeys(vkey, origin, statements) {
  const keys = [vkey];
  const steps = statements.map((note) => ({ note, lines: note.split('\n') })).filter(({ lines }) => lines[0] === 'key-rotation/v1' && lines[1] === origin);
  for (const current of keys) {
    for (const { note, lines: [, , from, to = ''] } of steps) {
      if (from !== current || keys.includes(to)) continue;
      const [text] = [await openNote(note, current), await openNote(note, to)];
      if (text !== `key-rotation/v1\n${origin}\n${from}\n${to}\n`) refuse('KEY_ROTATION_MALFORMED', 'A key is not named by the one before');
      if (current !== keys.at(-1)) refuse('KEY_ROTATION_FORKED', 'A key named two successors');
      keys.push(to);
    }
  }
  return keys;
}

/** The newest of these keys that signed the note; if one of them signed it wrongly, nobody did. @param {string} note @param {string[]} keys */
async function signerOf(note, keys) {
  let signer = '';
  for (const key of keys) {
    signer = await openNote(note, key).then(() => key, (error) => (error.code === 'KEY_UNKNOWN' ? signer : Promise.reject(error)));
  }
  return signer || refuse('KEY_UNKNOWN', 'Not signed by a key of this log');
}

/** Is `shown` the stored value wherever that is not encrypted? @param {any} stored @param {any} shown @returns {boolean} */
function readsLike(stored, shown) {
  if (typeof stored !== 'object' || stored === null) return stored === shown;
  if (stored.alg === 'A256GCM' && Object.keys(stored).sort().join() === 'alg,ciphertext,iv,key,tag') return true;
  if (typeof shown !== 'object' || shown === null || Array.isArray(stored) !== Array.isArray(shown)) return false;
  const keys = Object.keys(stored);
  return keys.length === Object.keys(shown).length && keys.every((key) => Object.hasOwn(shown, key) && readsLike(stored[key], shown[key]));
}

// Started as a program, not imported:
const fs = process?.getBuiltinModule?.('node:fs');
if (fs && decodeURI(import.meta.url).endsWith(fs.realpathSync(process.argv[1] ?? '.').replaceAll('\\', '/'))) {
  const own = decodeURI(import.meta.url).replace(/^file:\/\/(\/(?=[A-Z]:))?/, '').replace(/\/[^/]*$/, '');
  const [option = '--package', folder = own, key, origin] = process.argv.slice(2);
  const ofPackage = async () => {
    if (option !== '--package') refuse('ARGUMENTS_WRONG', 'node verifier.mjs [--package <folder> [vkey] [origin]]; for one proof: node proof.mjs');
    const found = fs.readdirSync(folder, { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));
    const names = found.filter((name) => !fs.statSync(`${folder}/${name}`).isDirectory());
    const vkey = key ?? fs.readFileSync(`${folder}/vkey`, 'utf8').trim();
    if (key === undefined) console.error(`The key is taken from the package itself. Compare it with one that came another way: ${vkey}`);
    return verifyPackage({ names, read: async (name) => fs.readFileSync(`${folder}/${name}`), vkey, origin });
  };
  await report(ofPackage());
}
