import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { coversArea, CurrentActor, hasRole, outOfSight, Roles, type Actor } from '@brain/auth';
import { READERS } from '@brain/contracts';
import { deadLetterUnknown, MESSAGE_BUS, type DeadLetter, type MessageBus } from '@brain/message-bus';
import { decodeCursor, listQuery, page, type Page, ReadsPersonalData } from '@brain/service-kit';

const deadLetterQuery = listQuery.extend({ group: z.string().max(200).optional() });
type DeadLetterQuery = z.infer<typeof deadLetterQuery>;

/** Messages that a handler could not take, with the error; from here they are delivered again. */
@Controller('api/dead-letters')
export class DeadLettersController {
  constructor(@Inject(MESSAGE_BUS) private readonly bus: MessageBus) {}

  @Get()
  @ReadsPersonalData('dead-letter')
  @Roles(...READERS.deadLetter)
  async list(
    @Query({ schema: deadLetterQuery }) { limit, cursor, group }: DeadLetterQuery,
    @CurrentActor() actor: Actor,
  ): Promise<Page<DeadLetter>> {
    const after = decodeCursor(cursor, 1)?.[0];
    const letters = await this.bus.deadLetters.list({
      limit: limit + 1,
      ...(after === undefined ? {} : { after: String(after) }),
      ...(group === undefined ? {} : { group }),
    });
    const { items, nextCursor } = page(letters, limit, ({ id }) => [id]);
    return { items: items.filter((letter) => mayRead(actor, letter)), nextCursor };
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Roles('administrator')
  async replay(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<void> {
    const letter = await this.bus.deadLetters.get(id);
    if (!mayRead(actor, letter)) throw outOfSight(deadLetterUnknown(id), areaOf(letter));
    await this.bus.deadLetters.replay(id);
  }
}

/** What names no area may be about anything: administrators only. */
function mayRead(actor: Actor, letter: DeadLetter): boolean {
  const areaCode = areaOf(letter);
  return areaCode === undefined ? hasRole(actor, 'administrator') : coversArea(actor, areaCode);
}

function areaOf({ record }: DeadLetter): string | undefined {
  return record.headers.ce_areacode ?? z.object({ areaCode: z.string() }).safeParse(record.value).data?.areaCode;
}
