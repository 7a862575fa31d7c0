import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { LOGGER, Metrics, outageLog, Readiness, ServiceKitModule } from '@brain/service-kit';
import { TIME_SERIES, type TimeSeries } from '@brain/time-series';
import type { Logger } from 'pino';
import { AreaRegister } from './areas/area-register.query.js';
import { BrokerDevices } from './broker/broker-devices.js';
import { BrokerIntake } from './broker/broker-intake.js';
import { BrokerRegistry } from './broker/broker-registry.js';
import { BrokerSubscriber } from './broker/broker-subscriber.js';
import { BrokerTokens } from './broker/broker-tokens.js';
import { INGESTION_SETTINGS, type IngestionConfig } from './config.js';
import { DeviceCredentials } from './devices/device-credentials.js';
import { DeviceImport } from './devices/device-import.js';
import { DeviceList } from './devices/device-list.query.js';
import { DeviceRecords } from './devices/device-records.js';
import { DeviceRegistration } from './devices/device-registration.js';
import { DevicesController } from './devices/devices.controller.js';
import { AuthHttpServer } from './emqx/auth-http.server.js';
import { BrokerDoor } from './emqx/broker-door.js';
import { DeviceDirectory } from './mqtt/device-directory.js';
import { IngestionMetrics } from './mqtt/ingestion-metrics.js';
import { MessageIntake } from './mqtt/message-intake.js';
import { MqttListener } from './mqtt/mqtt-listener.js';
import { DevicePresence } from './presence/device-presence.js';
import { RefusedMessagesController } from './refused/refused-messages.controller.js';
import { RefusedMessages } from './refused/refused-messages.query.js';
import { WriteRefused } from './refused/write-refused.handler.js';
import { readTables } from './replay.js';
import { RefusedRetention } from './retention/refused-retention.js';
import { IngestionCountsController } from './telemetry/ingestion-counts.controller.js';
import { openTimeSeries } from './telemetry/open-time-series.js';
import { TelemetryController } from './telemetry/telemetry.controller.js';
import { measureUpkeep, timeSeriesReadiness } from './telemetry/time-series-upkeep.js';
import { WriteTelemetry } from './telemetry/write-telemetry.handler.js';
import { ForgetWearers } from './wearers/forget-wearers.js';
import { Wearers } from './wearers/wearers.query.js';

const timeSeries = (config: IngestionConfig): Provider => ({
  provide: TIME_SERIES,
  inject: [LOGGER, Metrics, Readiness],
  useFactory: (logger: Logger, metrics: Metrics, readiness: Readiness) => {
    const series = openTimeSeries(config, (error) => outageLog(logger).failed('time series', error, 'time series connection lost'));
    readiness.add('time-series', () => timeSeriesReadiness(series));
    measureUpkeep(metrics, series);
    return series;
  },
});

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
        timeSeries(config),
        {
          provide: 'TimeSeriesClosing',
          inject: [TIME_SERIES],
          useFactory: (series: TimeSeries) => ({ onApplicationShutdown: () => series.close() }),
        },
        AreaRegister,
        AuthHttpServer,
        BrokerDevices,
        BrokerDoor,
        BrokerIntake,
        BrokerRegistry,
        BrokerSubscriber,
        BrokerTokens,
        DeviceCredentials,
        DeviceDirectory,
        DeviceImport,
        DeviceList,
        DevicePresence,
        DeviceRecords,
        DeviceRegistration,
        ForgetWearers,
        IngestionMetrics,
        MessageIntake,
        MqttListener,
        RefusedMessages,
        RefusedRetention,
        Wearers,
      ],
    };
  }
}
