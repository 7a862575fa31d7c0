import { Module, type DynamicModule } from '@nestjs/common';
import { join } from 'node:path';
import { TOPICS } from '@brain/contracts';
import { ServiceKitModule } from '@brain/service-kit';
import { logSettingsOf, type AuditConfig } from './config.js';
import { AuditEvents } from './events/audit-events.query.js';
import { AuditEventsController } from './events/audit-events.controller.js';
import { EvidenceController } from './evidence/evidence.controller.js';
import { EvidenceLeaves } from './evidence/evidence-leaves.js';
import { EvidenceMoments } from './evidence/evidence-moment.js';
import { EVIDENCE_PATIENCE_MS, EvidencePackages } from './evidence/evidence-package.js';
import { EvidenceSearch } from './evidence/evidence-search.query.js';
import { EvidenceSight } from './evidence/evidence-sight.query.js';
import { PeopleNames } from './evidence/summary/people-names.query.js';
import { EventProofs } from './log/event-proofs.js';
import { LogController } from './log/log.controller.js';
import { LogFolder } from './log/log-folder.js';
import { LogLedger } from './log/log-ledger.js';
import { LOG_SETTINGS } from './log/log-settings.js';
import { NotYet } from './log/not-yet.js';
import { ProofController } from './log/proof.controller.js';
import { Sequencer } from './log/sequencer.js';
import { TellLogKeys } from './log/tell-log-keys.js';
import { readTables } from './replay.js';
import { SelfCheck } from './self-check/self-check.js';
import { EventStoryController } from './story/event-story.controller.js';
import { StoryQuery } from './story/story-source.query.js';
import { Witnessed } from './witnesses/witnessed.js';
import { Witnesses } from './witnesses/witnesses.js';

@Module({})
export class AppModule {
  static with(config: AuditConfig): DynamicModule {
    const log = logSettingsOf(config);
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          relayTopic: TOPICS.auditEvents,
          migrationsDir: join(import.meta.dirname, '..', 'migrations'),
        }),
      ],
      controllers: [AuditEventsController, EventStoryController, EvidenceController, LogController, ProofController],
      providers: [
        AuditEvents,
        StoryQuery,
        { provide: LOG_SETTINGS, useValue: log },
        { provide: LogFolder, useValue: new LogFolder(log.folder) },
        { provide: Witnessed, useValue: new Witnessed(log.folder) },
        Witnesses,
        LogLedger,
        Sequencer,
        TellLogKeys,
        EventProofs,
        NotYet,
        EvidenceSearch,
        EvidenceSight,
        EvidenceMoments,
        EvidenceLeaves,
        EvidencePackages,
        { provide: EVIDENCE_PATIENCE_MS, useValue: config.AUDIT_EVIDENCE_PATIENCE_MS },
        PeopleNames,
        SelfCheck,
      ],
    };
  }
}
