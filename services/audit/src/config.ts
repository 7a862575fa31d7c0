import { VARIABLE_PREFIX } from '@brain/contracts';
import { parseConfig } from '@brain/service-kit';

export const loadConfig = (env: NodeJS.ProcessEnv) => parseConfig(VARIABLE_PREFIX.audit, {}, env);
export type AuditConfig = ReturnType<typeof loadConfig>;
