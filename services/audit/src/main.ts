import { runService } from '@brain/service-kit';
import { AppModule } from './app.module.js';
import { loadConfig, logSettingsOf } from './config.js';
import { openLogKey } from './log/log-key-engine.js';

await runService('audit', loadConfig, (config) => AppModule.with(config), (config) => ({
  'log-key': () => openLogKey(logSettingsOf(config)),
}));
