import { Inject, Injectable } from '@nestjs/common';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { coversArea, requireRole, type Actor } from '@brain/auth';
import { DomainError, type Availability, type StaffProfile, type StaffView } from '@brain/contracts';
import { EVENT_STORE, loadState, type EventStore } from '@brain/event-store';
import { Commands, type RequestContext } from '@brain/service-kit';
import { AreaRegister } from '../areas/area-register.js';
import type { StaffCommand } from './domain/staff.commands.js';
import { requireRegistered, staffDecider, type StaffState } from './domain/staff.decider.js';
import { staffStream } from './domain/staff.stream.js';
import { requireVisible } from './staff-access.js';
import { staffCodec } from './staff.codec.js';

const REQUEST_NAMESPACE = '4d5a3b1e-8a53-4f0e-9d0b-6a2f1c7e5b90';

/** What is done with people's records: permission, known areas, then the decision. */
@Injectable()
export class StaffOffice {
  constructor(
    private readonly commands: Commands,
    private readonly areas: AreaRegister,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** A repeat with the same Idempotency-Key is the same person. */
  async register(profile: StaffProfile, availability: Availability, request: RequestContext): Promise<StaffView> {
    const staffId = request.idempotencyKey === undefined ? uuidv7() : uuidv5(request.idempotencyKey, REQUEST_NAMESPACE);
    return this.registerAs(staffId, profile, availability, request);
  }

  async registerAs(staffId: string, profile: StaffProfile, availability: Availability, request: RequestContext): Promise<StaffView> {
    await this.requireAreas(profile.areaCodes, request.actor);
    return this.run({ type: 'RegisterStaff', staffId, profile, availability, now: request.now }, request, profile);
  }

  async change(staffId: string, profile: StaffProfile, request: RequestContext): Promise<StaffView> {
    await this.get(staffId, request.actor);
    await this.requireAreas(profile.areaCodes, request.actor);
    return this.run({ type: 'ChangeStaff', staffId, profile }, request, profile);
  }

  /** Operators and administrators for the people of their areas; everybody for themselves. */
  async setAvailability(staffId: string, availability: Availability, request: RequestContext): Promise<StaffView> {
    const { actor } = request;
    const person = await this.get(staffId, actor);
    if (actor.staffId !== staffId) requireRole(actor, 'operator', 'administrator');
    return this.run({ type: 'SetAvailability', staffId, availability, now: request.now }, request, person);
  }

  /** As the record says now, not as the list shows it. Refuses with STAFF_UNKNOWN, STAFF_ERASED. */
  async get(staffId: string, actor: Actor): Promise<StaffView> {
    const { state, events } = await loadState(this.store, staffCodec, staffDecider, staffStream(staffId));
    return requireVisible(viewOf(staffId, state, events.length - 1), actor);
  }

  /** Is it registered already? Then what was asked for must be what is there. */
  async exists(staffId: string): Promise<boolean> {
    const { events } = await loadState(this.store, staffCodec, staffDecider, staffStream(staffId));
    return events.length > 0;
  }

  private async requireAreas(codes: readonly string[], actor: Actor): Promise<void> {
    await this.areas.catchUp();
    codes.forEach((code, i) => {
      const path = `areaCodes.${String(i)}`;
      if (!this.areas.has(code)) throw refused('AREA_UNKNOWN', path, `${code} is not a registered area`);
      if (!coversArea(actor, code)) throw refused('AREA_OUT_OF_SCOPE', path, `${code} is outside your areas`);
    });
  }

  private async run(command: StaffCommand, request: RequestContext, { areaCodes: [areaCode] }: StaffProfile): Promise<StaffView> {
    const where = areaCode === undefined ? {} : { areaCode };
    const { state, revision } = await this.commands.run(
      staffCodec,
      staffDecider,
      staffStream(command.staffId),
      command,
      request,
      where,
    );
    return viewOf(command.staffId, state, revision);
  }
}

function viewOf(staffId: string, state: StaffState, revision: number): StaffView {
  const { profile, availability } = requireRegistered(state);
  return { staffId, ...profile, availability, revision };
}

function refused(code: string, path: string, message: string): DomainError {
  return new DomainError(code, `${path}: ${message}`, [{ path, message }]);
}
