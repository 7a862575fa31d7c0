import 'reflect-metadata';
import { runService } from '@brain/service-kit';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

await runService('sensor-ingestion', loadConfig, (config) => AppModule.with(config));
