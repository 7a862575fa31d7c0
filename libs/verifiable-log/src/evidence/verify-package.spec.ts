import { describe, expect, it } from '@jest/globals';
import { verifyPackage as verifyByPage } from '@brain/log-verifier/package';
import { signKeyRotation, followKeyRotations } from '../notes/key-rotation.js';
import { generateSigningKey, parseSigningKey } from '../notes/signing-key.js';
import { KEY, ORIGIN, SIGNER } from '../verify/example-log.fixture.js';
import { asPackage, examplePackage, ID, type Files } from './example-package.fixture.js';
import { PACKAGE } from './package-names.js';
import { rotationsIn, verifyPackage } from './verify-package.js';

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? String(error);
const both = (code: string): [string, string] => [code, code];

/** What the verifier that lies in every package says, and what the library says. */
async function codesOf(files: Files, vkey = KEY.vkey): Promise<[string, string]> {
  const shown = asPackage(files);
  const byPage = await verifyByPage({ ...shown, vkey, origin: ORIGIN }).then(() => 'PROVEN', codeOf);
  const byLibrary = await rotationsIn(shown)
    .then((rotations) => verifyPackage(shown, { origin: ORIGIN, verifiers: followKeyRotations(vkey, ORIGIN, rotations) }))
    .then(() => 'PROVEN', codeOf);
  return [byPage, byLibrary];
}

const edit = (name: string, change: (text: string) => string) => (files: Files) => void files.set(name, change(files.get(name) ?? ''));

describe('an evidence package', () => {
  it('is believed by the library and by the verifier in it', async () => {
    expect(await codesOf(await examplePackage())).toEqual(both('PROVEN'));
    expect(await verifyByPage({ ...asPackage(await examplePackage()), vkey: KEY.vkey })).toMatchObject({ origin: ORIGIN, events: 3, withheld: 0, size: 10 });
  });

  it('shows who was erased as erased', async () => {
    expect(await codesOf(await examplePackage(edit(PACKAGE.readable(ID(2)), (text) => text.replace('王奶奶', '\u2298erased'))))).toEqual(both('PROVEN'));
  });

  it.each<[string, string, (files: Files) => unknown]>([
    ['a changed summary', 'PACKAGE_FILE_CHANGED', edit(PACKAGE.summary, () => '<p>两件事</p>')],
    ['a changed event', 'PACKAGE_FILE_CHANGED', edit(PACKAGE.event(ID(2)), (text) => text.replace('case-2', 'case-3'))],
    ['a changed readable text', 'PACKAGE_FILE_CHANGED', edit(PACKAGE.readable(ID(2)), (text) => text.replace('王奶奶', '李爷爷'))],
    ['a removed event', 'PACKAGE_FILE_MISSING', (files) => files.delete(PACKAGE.event(ID(5)))],
    ['a removed checkpoint', 'PACKAGE_FILE_MISSING', (files) => files.delete(PACKAGE.checkpoint)],
    ['an added file', 'PACKAGE_FILE_ADDED', (files) => files.set('events/more.json', '{}')],
    ['a changed manifest', 'MANIFEST_MISMATCH', edit(PACKAGE.manifest, (text) => text.replace('"withheld":0', '"withheld":1'))],
    ['another signature', 'SIGNATURE_INVALID', edit(PACKAGE.manifestNote, (text) => text.replace(/^[0-9a-f]{64}$/m, '0'.repeat(64)))],
  ])('with %s is refused by both with %s', async (_, code, lie) => {
    const files = await examplePackage();
    lie(files);
    expect(await codesOf(files)).toEqual(both(code));
  });

  it.each<[string, string, (files: Files) => unknown]>([
    ['a changed event', 'INCLUSION_PROOF_INVALID', edit(PACKAGE.event(ID(2)), (text) => text.replace('case-2', 'case-3'))],
    ['the proof of another event', 'INCLUSION_PROOF_INVALID', (files) => files.set(PACKAGE.proof(ID(2)), files.get(PACKAGE.proof(ID(5))) ?? '')],
    ['an event under another id', 'PACKAGE_MALFORMED', (files) => files.set(PACKAGE.event(ID(2)), files.get(PACKAGE.event(ID(5))) ?? '')],
    ['an event left out', 'PACKAGE_MALFORMED', (files) => [PACKAGE.event(ID(2)), PACKAGE.proof(ID(2)), PACKAGE.readable(ID(2))].map((name) => files.delete(name))],
    ['an event without its proof', 'PACKAGE_FILE_MISSING', (files) => files.delete(PACKAGE.proof(ID(2)))],
    ['a readable text that says more', 'READABLE_MISMATCH', edit(PACKAGE.readable(ID(2)), (text) => text.replace('"caseId"', '"more":1,"caseId"'))],
    ['a readable text that says something else where nothing is encrypted', 'READABLE_MISMATCH', edit(PACKAGE.readable(ID(2)), (text) => text.replace('case-2', 'case-3'))],
    ['a field twice in an event', 'EVENT_AMBIGUOUS', edit(PACKAGE.event(ID(5)), (text) => text.replace('{', '{"type":"case-management.case-voided.v1",'))],
    ['a field twice in a readable text', 'EVENT_AMBIGUOUS', edit(PACKAGE.readable(ID(2)), (text) => text.replace('"caseId"', '"caseId":"case-3","caseId"'))],
    ['a proof against another checkpoint', 'CHECKPOINT_MISMATCH', edit(PACKAGE.proof(ID(2)), (text) => text.replace(/\n\n[^]*/, '\n\nother\n1\n\n'))],
    ['no checkpoint of the log', 'KEY_UNKNOWN', edit(PACKAGE.checkpoint, (text) => text.replace(/— .*\n/, '— someone AAAAAAAA\n'))],
  ])('that its own keeper signed with %s in it is refused by both with %s', async (_, code, lie) => {
    expect(await codesOf(await examplePackage((files) => void lie(files)))).toEqual(both(code));
  });

  it('of another key is refused, and believed when the pinned key named that one', async () => {
    const next = parseSigningKey(generateSigningKey(ORIGIN).skey);
    expect(await codesOf(await examplePackage(undefined, [next]))).toEqual(both('KEY_UNKNOWN'));
    const rotated = (statement: string) => examplePackage((files) => void files.set(`${PACKAGE.rotations}0001`, statement), [next]);
    const statement = signKeyRotation(ORIGIN, SIGNER, next);
    expect(await codesOf(await rotated(statement))).toEqual(both('PROVEN'));
    const alone = statement.split('\n').filter((line) => !line.startsWith(`— ${SIGNER.name}`) || line === statement.split('\n').at(-2)).join('\n');
    const refused = await codesOf(await rotated(alone));
    expect(refused).not.toContain('PROVEN');
  });

  it('in which a key names two successors is refused by both', async () => {
    const [one, other] = [parseSigningKey(generateSigningKey(ORIGIN).skey), parseSigningKey(generateSigningKey(ORIGIN).skey)];
    const files = await examplePackage((shown) => {
      shown.set(`${PACKAGE.rotations}0001`, signKeyRotation(ORIGIN, SIGNER, one));
      shown.set(`${PACKAGE.rotations}0002`, signKeyRotation(ORIGIN, SIGNER, other));
    }, [one]);
    expect(await codesOf(files)).toEqual(both('KEY_ROTATION_FORKED'));
  });
});
