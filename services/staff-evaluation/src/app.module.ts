import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { ServiceKitModule } from '@brain/service-kit';
import { EVALUATION_CONFIG, type EvaluationConfig } from './config.js';
import { EvaluationDesk } from './evaluations/evaluation-desk.js';
import { EvaluationList } from './evaluations/evaluation-list.query.js';
import { EvaluationsController } from './evaluations/evaluations.controller.js';
import { EvidenceComplete } from './evidence/evidence-complete.js';
import { Evidence } from './evidence/evidence.query.js';
import { readTables } from './replay.js';
import { SchemesController } from './schemes/schemes.controller.js';

@Module({})
export class AppModule {
  static with(config: EvaluationConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          migrationsDir: fileURLToPath(new URL('../migrations', import.meta.url)),
          relayTopic: TOPICS.evaluationEvents,
        }),
      ],
      controllers: [SchemesController, EvaluationsController],
      providers: [
        { provide: EVALUATION_CONFIG, useValue: config },
        EvaluationDesk,
        EvaluationList,
        Evidence,
        EvidenceComplete,
      ],
    };
  }
}
