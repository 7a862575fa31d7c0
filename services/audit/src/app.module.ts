import { Module, type DynamicModule } from '@nestjs/common';
import { join } from 'node:path';
import { ServiceKitModule } from '@brain/service-kit';
import type { AuditConfig } from './config.js';
import { AuditEvents } from './events/audit-events.query.js';
import { AuditEventsController } from './events/audit-events.controller.js';
import { readTables } from './replay.js';
import { EventStoryController } from './story/event-story.controller.js';
import { StoryQuery } from './story/story-source.query.js';

@Module({})
export class AppModule {
  static with(config: AuditConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          migrationsDir: join(import.meta.dirname, '..', 'migrations'),
        }),
      ],
      controllers: [AuditEventsController, EventStoryController],
      providers: [AuditEvents, StoryQuery],
    };
  }
}
