// From here on Node runs TypeScript of the workspace. Also as `node --import <this file>`.
import module from 'node:module';
import * as hooks from './typescript-hooks.mjs';

process.setSourceMapsEnabled(true);
// Node 20 has the hooks in a thread of their own alone; what replaces that does without the thread.
if ('registerHooks' in module) module.registerHooks(hooks);
else module.register('./typescript-hooks.mjs', import.meta.url);
