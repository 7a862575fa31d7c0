import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@brain/auth';
import { PersonalData } from '@brain/event-store';
import { Clock } from '@brain/service-kit';
import { EVIDENCE_FORMAT, formatTlogProof, PACKAGE, parseCheckpoint, parseNote, signManifestHash, toBase64 } from '@brain/verifiable-log';
import { LogFolder } from '../log/log-folder.js';
import { readLogKeys } from '../log/log-keys.js';
import { LOG_SETTINGS, type LogSettings } from '../log/log-settings.js';
import { EvidenceArchive } from './evidence-archive.js';
import type { EvidenceFound } from './evidence-found.js';
import { EvidenceLeaves, type ProvenLeaf } from './evidence-leaves.js';
import { EvidenceMoments, type EvidenceLacking, type EvidenceMoment } from './evidence-moment.js';
import type { EvidenceQuestion } from './evidence-question.js';
import { EvidenceSearch } from './evidence-search.query.js';
import { inBlocks } from './in-blocks.js';
import { README_TEXT } from './readme-text.js';
import { withEmbeddedFont } from './summary/embedded-font.js';
import { EvidenceSummary } from './summary/evidence-summary.js';
import { PeopleNames } from './summary/people-names.query.js';
import { summaryPage } from './summary/summary-page.js';

/** Injection token: how long a package waits for the search and the checkpoint to have everything in them. */
export const EVIDENCE_PATIENCE_MS = Symbol('EvidencePatienceMs');

export interface EvidencePackage {
  readonly events: number;
  /** The archive, made while it is read. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** Packs what the record has about something so that it can be checked elsewhere, without us. */
@Injectable()
export class EvidencePackages {
  constructor(
    private readonly search: EvidenceSearch,
    private readonly moments: EvidenceMoments,
    private readonly leaves: EvidenceLeaves,
    private readonly people: PersonalData,
    private readonly names: PeopleNames,
    private readonly folder: LogFolder,
    private readonly clock: Clock,
    @Inject(LOG_SETTINGS) private readonly settings: LogSettings,
    @Inject(EVIDENCE_PATIENCE_MS) private readonly patienceMs: number,
  ) {}

  /**
   * Settles when it is clear what goes into it; every refusal comes before the first byte. undefined: nobody waits any
   * more.
   */
  async open(question: EvidenceQuestion, actor: Actor, gone: AbortSignal): Promise<EvidencePackage | EvidenceLacking | undefined> {
    const moment = await this.moments.now(this.patienceMs, gone);
    if (moment === undefined || 'lacking' in moment) return moment;
    const found = await this.search.find(question, actor, moment, gone);
    return { events: found.leaves.length, bytes: inBlocks(this.pack({ question, actor, moment, found })) };
  }

  private async *pack({ question, actor, moment, found }: Packing): AsyncIterable<Buffer> {
    const at = this.clock.now();
    const manifest = { ...this.manifestHead(moment, found), asked: { ...question, by: actor.id, at } };
    const archive = new EvidenceArchive(new Date(at), manifest);
    const summary = new EvidenceSummary();
    yield archive.listedFile(PACKAGE.readme, README_TEXT);
    yield archive.listedFile(PACKAGE.verifier, await readFile(fileOf('@brain/log-verifier/package')));
    yield archive.listedFile(PACKAGE.page, await readFile(fileOf('@brain/log-verifier')));
    yield archive.listedFile(PACKAGE.checkpoint, moment.note);
    yield* await this.keyFiles(archive);
    for await (const leaf of this.leaves.read(found.leaves, moment.treeSize)) yield* await this.eventFiles(archive, summary, leaf, moment.note);
    const names = await this.names.of([...summary.people, question.id]);
    yield archive.listedFile(PACKAGE.summary, await withEmbeddedFont(summaryPage({ manifest, summary, nameOfPerson: (id) => names.get(id) ?? id })));
    const keys = await readLogKeys(this.settings);
    yield* archive.end((hash) => signManifestHash(this.settings.origin, hash, keys));
  }

  private async keyFiles(archive: EvidenceArchive): Promise<readonly Buffer[]> {
    const [current] = await readLogKeys(this.settings);
    const rotations = await this.folder.keyRotations();
    return [
      archive.listedFile(PACKAGE.vkey, `${current?.vkey ?? ''}\n`),
      ...rotations.map((note, index) => archive.listedFile(`${PACKAGE.rotations}${String(index + 1).padStart(4, '0')}`, note)),
    ];
  }

  private async eventFiles(archive: EvidenceArchive, summary: EvidenceSummary, { text, event, index, hashes }: ProvenLeaf, checkpoint: string): Promise<readonly Buffer[]> {
    const { eventId, type, streamId, metadata } = event;
    const [{ data } = event] = await this.people.reveal([event]);
    const { time, actor, areaCode = null } = metadata;
    summary.add({ eventId, index, type, streamId, time, actor, areaCode, data });
    return [
      archive.listedFile(PACKAGE.event(eventId), text),
      archive.listedFile(PACKAGE.proof(eventId), formatTlogProof({ index, hashes, checkpoint })),
      ...(data === event.data ? [] : [archive.listedFile(PACKAGE.readable(eventId), `${JSON.stringify({ eventId, data }, null, 1)}\n`)]),
    ];
  }

  private manifestHead({ note }: EvidenceMoment, { leaves, withheld }: EvidenceFound) {
    const { text, signatures } = parseNote(note);
    const { origin, size, root } = parseCheckpoint(text);
    const keyIds = signatures.filter(({ name }) => name === origin).map(({ keyId }) => keyId);
    return { format: EVIDENCE_FORMAT, origin, keyIds, treeSize: size, root: toBase64(root), events: { count: leaves.length, withheld }, attachments: [] } as const;
  }
}

interface Packing {
  readonly question: EvidenceQuestion;
  readonly actor: Actor;
  readonly moment: EvidenceMoment;
  readonly found: EvidenceFound;
}

/** What an auditor takes away is what the browser uses. */
function fileOf(verifier: string): string {
  return createRequire(import.meta.url).resolve(verifier);
}
