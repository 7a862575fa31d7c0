import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { Database, ServiceKitModule } from '@brain/service-kit';
import { installTimeSeries, PostgresTimeSeries, TIME_SERIES } from '@brain/time-series';
import { AreaRegister } from './areas/area-register.query.js';
import { INGESTION_SETTINGS, type IngestionConfig } from './config.js';
import { DeviceCredentials } from './devices/device-credentials.js';
import { DeviceImport } from './devices/device-import.js';
import { DeviceList } from './devices/device-list.query.js';
import { DeviceRecords } from './devices/device-records.js';
import { DeviceRegistration } from './devices/device-registration.js';
import { DevicesController } from './devices/devices.controller.js';
import { DeviceDirectory } from './mqtt/device-directory.js';
import { IngestionMetrics } from './mqtt/ingestion-metrics.js';
import { MessageIntake } from './mqtt/message-intake.js';
import { MqttListener } from './mqtt/mqtt-listener.js';
import { DevicePresence } from './presence/device-presence.js';
import { RefusedMessagesController } from './refused/refused-messages.controller.js';
import { RefusedMessages } from './refused/refused-messages.query.js';
import { WriteRefused } from './refused/write-refused.handler.js';
import { readTables } from './replay.js';
import { IngestionCountsController } from './telemetry/ingestion-counts.controller.js';
import { TelemetryController } from './telemetry/telemetry.controller.js';
import { WriteTelemetry } from './telemetry/write-telemetry.handler.js';

const timeSeries: Provider = {
  provide: TIME_SERIES,
  inject: [Database],
  useFactory: async ({ pool, schema }: Database) => {
    const client = await pool.connect();
    await installTimeSeries(client, { schema }).finally(() => client.release());
    return new PostgresTimeSeries(pool, schema);
  },
};

@Module({})
export class AppModule {
  static with(config: IngestionConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          migrationsDir: fileURLToPath(new URL('../migrations', import.meta.url)),
          relayTopic: TOPICS.deviceEvents,
        }),
      ],
      controllers: [DevicesController, TelemetryController, IngestionCountsController, RefusedMessagesController, WriteTelemetry, WriteRefused],
      providers: [
        { provide: INGESTION_SETTINGS, useValue: config },
        timeSeries,
        AreaRegister,
        DeviceCredentials,
        DeviceDirectory,
        DeviceImport,
        DeviceList,
        DevicePresence,
        DeviceRecords,
        DeviceRegistration,
        IngestionMetrics,
        MessageIntake,
        MqttListener,
        RefusedMessages,
      ],
    };
  }
}
