import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { ServiceKitModule } from '@brain/service-kit';
import { AlertOfBrokenRecord } from './alerts/alert-of-broken-record.handler.js';
import { AlertOfRecordFault } from './alerts/alert-of-record-fault.handler.js';
import { AlertList } from './alerts/alert-list.query.js';
import { AlertRecord } from './alerts/alert-record.js';
import { AlertsOfRule } from './alerts/alerts-of-rule.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { ClearAlertsOfRetiredRule } from './alerts/clear-alerts-of-retired-rule.handler.js';
import { EraseWearerOfAlerts } from './alerts/erase-wearer-of-alerts.handler.js';
import { Counties } from './alerts/counties.query.js';
import { LinkCase } from './alerts/link-case.handler.js';
import { ALERTING_SETTINGS, type AlertingConfig } from './config.js';
import { DeviceCopies } from './copies/device-copies.js';
import { ScopeCopies } from './copies/scope-copies.js';
import { StaffCopies } from './copies/staff-copies.js';
import { EvaluatePartition } from './evaluation/evaluate-partition.js';
import { EvaluateReadings } from './evaluation/evaluate-readings.handler.js';
import { EvaluationStore } from './evaluation/evaluation-store.js';
import { ForgetSamplesOfWearer } from './evaluation/forget-samples-of-wearer.handler.js';
import { RecordFindings } from './evaluation/record-findings.js';
import { readTables } from './replay.js';
import { CheckRule } from './rules/check-rule.js';
import { RuleAccess } from './rules/rule-access.js';
import { RuleList } from './rules/rule-list.query.js';
import { RuleRecord } from './rules/rule-record.js';
import { RulesController } from './rules/rules.controller.js';
import { RulesInForce } from './rules/rules-in-force.js';
import { SuspendRules } from './rules/suspend-rules.js';

@Module({})
export class AppModule {
  static with(config: AlertingConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          migrationsDir: fileURLToPath(new URL('../migrations', import.meta.url)),
          relayTopic: TOPICS.alertingEvents,
        }),
      ],
      controllers: [RulesController, AlertsController, EvaluateReadings, LinkCase, ClearAlertsOfRetiredRule, AlertOfBrokenRecord, EraseWearerOfAlerts, ForgetSamplesOfWearer],
      providers: [
        { provide: ALERTING_SETTINGS, useValue: config },
        RuleList,
        RuleRecord,
        CheckRule,
        RuleAccess,
        RulesInForce,
        SuspendRules,
        AlertList,
        AlertRecord,
        AlertsOfRule,
        AlertOfRecordFault,
        Counties,
        DeviceCopies,
        ScopeCopies,
        StaffCopies,
        EvaluationStore,
        EvaluatePartition,
        RecordFindings,
      ],
    };
  }
}
