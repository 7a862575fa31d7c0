import { VARIABLE_PREFIX } from '@brain/contracts';
import { parseConfig } from '@brain/service-kit';
import { z } from 'zod';
import type { LogSettings } from './log/log-settings.js';
import { witnessList } from './witnesses/witness-settings.js';

/** A name as signed notes allow it: no space, no plus. */
const origin = z.string().regex(/^[^\s+]{1,200}$/, 'is a name without spaces and plus signs');

const variables = {
  /** Names the log for ever, e.g. `brain.example.gov.cn/log`. */
  AUDIT_LOG_ORIGIN: origin.default('community-brain/log'),
  AUDIT_LOG_FOLDER: z.string().min(1),
  AUDIT_LOG_KEY_FILE: z.string().min(1),
  AUDIT_LOG_CHECKPOINT_MS: z.coerce.number().int().min(10).max(60_000).default(300),
  /** Asked to cosign every checkpoint: `<vkey> <address>`, several with commas between. */
  AUDIT_LOG_WITNESSES: witnessList,
  /** Least time from one question to a witness to the next. */
  AUDIT_LOG_WITNESS_MS: z.coerce.number().int().min(10).max(3_600_000).default(1_000),
  /** How long an evidence package waits for the search and the checkpoint to have everything that is stored. */
  AUDIT_EVIDENCE_PATIENCE_MS: z.coerce.number().int().min(1).max(60_000).default(5_000),
  /** From one look for a new key of the log to the next. */
  AUDIT_LOG_KEYS_LOOK_MS: z.coerce.number().int().min(10).max(3_600_000).default(5_000),
  /** Pause between two passes of the self-check. */
  AUDIT_LOG_CHECK_PAUSE_MS: z.coerce.number().int().min(10).max(86_400_000).default(60_000),
};

export const loadConfig = (env: NodeJS.ProcessEnv) => parseConfig(VARIABLE_PREFIX.audit, variables, env);
export type AuditConfig = ReturnType<typeof loadConfig>;

export function logSettingsOf(config: AuditConfig): LogSettings {
  return {
    origin: config.AUDIT_LOG_ORIGIN,
    folder: config.AUDIT_LOG_FOLDER,
    keyFile: config.AUDIT_LOG_KEY_FILE,
    checkpointMs: config.AUDIT_LOG_CHECKPOINT_MS,
    keysLookMs: config.AUDIT_LOG_KEYS_LOOK_MS,
    checkPauseMs: config.AUDIT_LOG_CHECK_PAUSE_MS,
    witnesses: config.AUDIT_LOG_WITNESSES,
    witnessMs: config.AUDIT_LOG_WITNESS_MS,
  };
}
