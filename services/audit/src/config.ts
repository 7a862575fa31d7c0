import { parseConfig } from '@brain/service-kit';

export const loadConfig = (env: NodeJS.ProcessEnv) => parseConfig('AUDIT', {}, env);
export type AuditConfig = ReturnType<typeof loadConfig>;
