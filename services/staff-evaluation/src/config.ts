import { VARIABLE_PREFIX } from '@brain/contracts';
import { parseConfig } from '@brain/service-kit';
import { z } from 'zod';

export const loadConfig = (env: NodeJS.ProcessEnv) =>
  parseConfig(
    VARIABLE_PREFIX['staff-evaluation'],
    {
      /** How long a computation waits for events that are recorded and still on their way to this service. */
      EVALUATION_EVIDENCE_PATIENCE_MS: z.coerce.number().int().min(1).default(10_000),
    },
    env,
  );

export type EvaluationConfig = ReturnType<typeof loadConfig>;

/** Injection token. */
export const EVALUATION_CONFIG = Symbol('EvaluationConfig');
