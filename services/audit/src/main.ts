import { runService } from '@brain/service-kit';
import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

await runService('audit', loadConfig, (config) => AppModule.with(config));
