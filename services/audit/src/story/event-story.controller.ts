import { Controller, Get, Param, ParseUUIDPipe } from '@nestjs/common';
import { CurrentActor, Roles, type Actor } from '@brain/auth';
import { READERS, type EventStory } from '@brain/contracts';
import { ReadsPersonalData } from '@brain/service-kit';
import { isReadable, requireReadableEvent } from '../events/audit-scope.js';
import { storyGraph } from './story-graph.js';
import { StoryQuery } from './story-source.query.js';
import { walkStory } from './story-walk.js';

const MOST_EVENTS = 200;

/** Cause and effect: from the reading to the alert, the case and its closing. */
@Roles(...READERS.record)
@Controller('api/audit/events/:eventId/story')
export class EventStoryController {
  constructor(private readonly source: StoryQuery) {}

  @Get()
  @ReadsPersonalData('audit-record')
  async tell(@Param('eventId', ParseUUIDPipe) eventId: string, @CurrentActor() actor: Actor): Promise<EventStory> {
    const [found] = await this.source.byIds([eventId], 1);
    const asked = requireReadableEvent(actor, found);
    return storyGraph(asked, await walkStory(this.source, asked, MOST_EVENTS), ({ areaCode }) => isReadable(actor, areaCode));
  }
}
