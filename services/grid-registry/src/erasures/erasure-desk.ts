import { Inject, Injectable } from '@nestjs/common';
import { requireInSight, type Actor } from '@brain/auth';
import { DomainError } from '@brain/contracts';
import { loadState, PersonalData, type EventStore } from '@brain/event-store';
import { Commands, SEALED_EVENT_STORE, type RequestContext } from '@brain/service-kit';
import { GRID_CONFIG, type GridConfig } from '../config.js';
import { erasureDecider, type ErasureState } from './domain/erasure.decider.js';
import { erasureStream } from './domain/erasure.stream.js';
import { erasureCodec } from './erasure.codec.js';
import { erasureSubjectOf, PERSON, type ErasureSubject } from './erasure-subject.js';
import { WearerCopies } from './wearer-copies.js';

const HOUR_MS = 3_600_000;

/** `requested`: another person must agree. `decided`: the key is about to be destroyed. `erased`: it is. */
export interface ErasureView {
  readonly subject: string;
  readonly state: ErasureState['status'];
  readonly requestedBy: string | null;
  readonly expiresAt: string | null;
}

/** Takes requests for erasures, and the second voice. */
@Injectable()
export class ErasureDesk {
  constructor(
    private readonly commands: Commands,
    private readonly personalData: PersonalData,
    private readonly wearers: WearerCopies,
    @Inject(SEALED_EVENT_STORE) private readonly store: EventStore,
    @Inject(GRID_CONFIG) private readonly config: GridConfig,
  ) {}

  async ask(id: string, request: RequestContext): Promise<ErasureView> {
    const { subject, areaCode } = await this.known(erasureSubjectOf(id), request.actor);
    const now = {
      at: request.now,
      expiresAt: new Date(Date.parse(request.now) + this.config.GRID_ERASURE_REQUEST_HOURS * HOUR_MS).toISOString(),
      keyId: (await this.personalData.keys.keyIdOf(subject)) ?? null,
    };
    const command = { type: 'AskForErasure', subject, by: request.actor.id, now } as const;
    const where = areaCode === undefined ? {} : { areaCode };
    const { state } = await this.commands.run(erasureCodec, erasureDecider, erasureStream(subject), command, request, where);
    return viewOf(subject, state);
  }

  async show(id: string, actor: Actor): Promise<ErasureView> {
    const { subject } = await this.known(erasureSubjectOf(id), actor);
    const { state } = await loadState(this.store, erasureCodec, erasureDecider, erasureStream(subject));
    return viewOf(subject, state);
  }

  /**
   * Refuses with PERSON_UNKNOWN, also whoever belongs outside the actor's areas. The newest event says where the subject belongs; whoever is no staff
   * and wears a device belongs where that is looked after.
   */
  private async known({ subject, stream }: ErasureSubject, actor: Actor): Promise<Known> {
    for await (const { metadata } of this.store.readStreamBackwards(stream, { limit: 1 })) return within(actor, subject, metadata.areaCode);
    const areas = subject.startsWith(PERSON) ? await this.wearers.areasOf(subject.slice(PERSON.length)) : [];
    if (areas.length === 0) throw personUnknown(subject);
    for (const areaCode of areas) within(actor, subject, areaCode);
    return within(actor, subject, areas[0]);
  }
}

interface Known {
  readonly subject: string;
  readonly areaCode?: string;
}

function within(actor: Actor, subject: string, areaCode: string | undefined): Known {
  if (areaCode === undefined) return { subject };
  requireInSight(actor, areaCode, personUnknown(subject));
  return { subject, areaCode };
}

function personUnknown(subject: string): DomainError {
  return new DomainError('PERSON_UNKNOWN', `Nobody is known as ${subject}`);
}

function viewOf(subject: string, state: ErasureState): ErasureView {
  const { requestedBy = null, expiresAt = null } = state.status === 'requested' ? state : {};
  return { subject, state: state.status, requestedBy, expiresAt };
}
