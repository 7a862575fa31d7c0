import 'reflect-metadata';
import { runService } from '@brain/service-kit';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';
import { openTimeSeries } from './telemetry/open-time-series.js';

await runService('sensor-ingestion', loadConfig, (config) => AppModule.with(config), (config) => ({
  'time-series': () => openTimeSeries(config, () => undefined),
}));
