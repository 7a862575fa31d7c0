import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { ServiceKitModule } from '@brain/service-kit';
import { AreaRegister } from './areas/area-register.query.js';
import { CaseDesk } from './cases/case-desk.js';
import { CaseLedger } from './cases/case-ledger.js';
import { CaseList } from './cases/case-list.query.js';
import { CaseNumbers } from './cases/case-numbers.js';
import { CasesController } from './cases/cases.controller.js';
import { EraseCase } from './cases/erase-case.handler.js';
import { OverdueTimers } from './cases/overdue-timers.js';
import { PastCases } from './cases/past-cases.query.js';
import { CaughtUp } from './caught-up.js';
import { CASES_CONFIG, type CasesConfig } from './config.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { OpenCaseOnAlertRaised } from './dispatch/open-case-on-alert-raised.handler.js';
import { RuleDispatch } from './dispatch/rule-dispatch.js';
import { WaitingCases } from './dispatch/waiting-cases.js';
import { readTables } from './replay.js';
import { CASE_SETTINGS, caseSettings } from './settings/case-settings.js';
import { FollowStaffChanges } from './staff/follow-staff-changes.handler.js';
import { StaffDirectory } from './staff/staff.query.js';
import { FollowCaseChanges } from './workload/follow-case-changes.handler.js';
import { OpenWork } from './workload/open-work.query.js';
import { RecentDispatches } from './workload/recent-dispatches.js';
import { WorkloadController } from './workload/workload.controller.js';
import { WorkloadPublisher } from './workload/workload.publisher.js';
import { WorkloadBoard } from './workload/workload.query.js';

@Module({})
export class AppModule {
  static with(config: CasesConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          migrationsDir: fileURLToPath(new URL('../migrations', import.meta.url)),
          relayTopic: TOPICS.caseEvents,
        }),
      ],
      controllers: [CasesController, WorkloadController, OpenCaseOnAlertRaised, FollowStaffChanges, FollowCaseChanges, EraseCase],
      providers: [
        { provide: CASES_CONFIG, useValue: config },
        { provide: CASE_SETTINGS, useValue: caseSettings(config) },
        AreaRegister,
        CaseDesk,
        CaseLedger,
        CaseList,
        CaseNumbers,
        CaughtUp,
        Dispatcher,
        OpenWork,
        OverdueTimers,
        PastCases,
        RecentDispatches,
        RuleDispatch,
        StaffDirectory,
        WaitingCases,
        WorkloadBoard,
        WorkloadPublisher,
      ],
    };
  }
}
