import { Controller, Get, Query } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { areaCode, READERS } from '@brain/contracts';
import { CurrentRequest, listQuery, type Page, ReadsPersonalData, type RequestContext } from '@brain/service-kit';
import { z } from 'zod';
import { RefusedMessages, type RefusedView } from './refused-messages.query.js';

const refusedQuery = listQuery.extend({
  deviceId: z.uuid().optional(),
  code: z.string().max(60).optional(),
  areaCode: areaCode.optional(),
});

@Controller('api/refused-messages')
@Roles(...READERS.ingestion)
export class RefusedMessagesController {
  constructor(private readonly messages: RefusedMessages) {}

  @Get()
  @ReadsPersonalData('refused-message')
  find(@CurrentRequest() { actor }: RequestContext, @Query({ schema: refusedQuery }) query: z.infer<typeof refusedQuery>): Promise<Page<RefusedView>> {
    return this.messages.find(actor, query);
  }
}
