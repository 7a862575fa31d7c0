import { Controller, Get, Param, ParseUUIDPipe, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { CurrentActor, Roles, type Actor } from '@brain/auth';
import { anyInstant, DomainError, READERS } from '@brain/contracts';
import { readerGone, ReadsPersonalData } from '@brain/service-kit';
import { isReaderGone } from '../events/event-lines.js';
import { NotYet } from '../log/not-yet.js';
import type { EvidenceLacking } from './evidence-moment.js';
import { EvidencePackages } from './evidence-package.js';
import type { EvidenceQuestion } from './evidence-question.js';

const caseIdOf = z.string().min(1).max(100).regex(/^[\w-]+$/, 'is neither the id nor the number of a case');
const period = z.strictObject({ from: anyInstant, to: anyInstant });
type Period = z.infer<typeof period>;

/** What the record has about one thing, as an archive that verifies elsewhere. */
@Roles(...READERS.record)
@Controller('api/audit/evidence')
export class EvidenceController {
  constructor(
    private readonly packages: EvidencePackages,
    private readonly notYet: NotYet,
  ) {}

  @Get('cases/:caseId')
  @ReadsPersonalData('evidence', { answersItself: true, takenAs: 'archive' })
  ofCase(@Param('caseId', { schema: caseIdOf }) caseId: string, @CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    return this.send({ about: 'case', id: caseId }, actor, response);
  }

  /** By the id of the member of staff or of the account. */
  @Get('people/:personId')
  @ReadsPersonalData('evidence', { answersItself: true, takenAs: 'archive' })
  ofPerson(
    @Param('personId', ParseUUIDPipe) personId: string,
    @Query({ schema: period }) { from, to }: Period,
    @CurrentActor() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    if (Date.parse(from) >= Date.parse(to)) throw new DomainError('PERIOD_INVALID', 'The period ends before it begins', [{ path: 'to', message: 'is not after from' }]);
    return this.send({ about: 'person', id: personId.toLowerCase(), from, to }, actor, response);
  }

  @Get('evaluations/:evaluationId')
  @ReadsPersonalData('evidence', { answersItself: true, takenAs: 'archive' })
  ofEvaluation(@Param('evaluationId', ParseUUIDPipe) evaluationId: string, @CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    return this.send({ about: 'evaluation', id: evaluationId.toLowerCase() }, actor, response);
  }

  /** Waits for a slow reader and stops when the reader goes; a failure in the middle ends the connection, so that a cut archive cannot pass for a whole one. */
  private async send(question: EvidenceQuestion, actor: Actor, response: Response): Promise<void> {
    const gone = readerGone(response);
    const found = await this.packages.open(question, actor, gone);
    if (gone.aborted || found === undefined) return;
    if ('lacking' in found) throw await this.tooEarly(found, response);
    const { events, bytes } = found;
    response.setHeader('Content-Type', 'application/zip');
    response.setHeader('Content-Disposition', `attachment; filename="evidence-${question.about}-${question.id}.zip"`);
    response.setHeader('X-Evidence-Events', String(events));
    try {
      await pipeline(Readable.from(bytes), response);
    } catch (error) {
      if (!isReaderGone(error)) throw error;
    }
  }

  private async tooEarly({ lacking }: EvidenceLacking, response: Response): Promise<DomainError> {
    return lacking === 'search' ? this.notYet.inSearch(response) : this.notYet.of('The newest events are', response);
  }
}
