import { Controller, Get, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentActor, Roles, type Actor } from '@brain/auth';
import { READERS, type EventProof } from '@brain/contracts';
import { ReadsPersonalData } from '@brain/service-kit';
import { requireReadableEvent } from '../events/audit-scope.js';
import { AuditEvents } from '../events/audit-events.query.js';
import { EventProofs } from './event-proofs.js';
import { NotYet } from './not-yet.js';

const PROOF_FILE = 'text/plain';

/** That an event is in the log, as JSON with the entry, or as a C2SP proof file for whoever accepts text/plain. */
@Roles(...READERS.record)
@Controller('api/audit/proof')
export class ProofController {
  constructor(
    private readonly events: AuditEvents,
    private readonly proofs: EventProofs,
    private readonly notYet: NotYet,
  ) {}

  @Get(':eventId')
  @ReadsPersonalData('audit-record', { answersItself: true, inPieces: true })
  async get(
    @Param('eventId', ParseUUIDPipe) eventId: string,
    @CurrentActor() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const event = requireReadableEvent(actor, await this.events.byId(eventId));
    const proof = await this.proofs.of(event);
    if (proof === undefined) throw await this.notYet.of('The event is', response, event.recordedAt);
    if (request.accepts(['application/json', PROOF_FILE]) === PROOF_FILE) sendFile(response, proof);
    else response.json(proof);
  }
}

function sendFile(response: Response, { eventId, proof }: EventProof): void {
  response.setHeader('Content-Type', `${PROOF_FILE}; charset=utf-8`);
  response.setHeader('Content-Disposition', `attachment; filename="${eventId}.tlog-proof"`);
  response.end(proof);
}
