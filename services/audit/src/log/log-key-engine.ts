import type { OpenEngine } from '@brain/service-kit';
import { LogFolder } from './log-folder.js';
import { requireLogKey } from './log-keys.js';
import type { LogSettings } from './log-settings.js';

/** The log's key as something the service needs before it starts; a wrong or missing one is refused with the id it must have. */
export function openLogKey(settings: LogSettings): OpenEngine {
  return {
    ping: async () => requireLogKey(settings, await new LogFolder(settings.folder).checkpoint()),
    close: () => Promise.resolve(),
  };
}
