import { VARIABLE_PREFIX } from '@brain/contracts';
import { parseConfig } from '@brain/service-kit';
import { z } from 'zod';

const MEGABYTE = 1024 * 1024;

export const loadConfig = (env: NodeJS.ProcessEnv) =>
  parseConfig(
    VARIABLE_PREFIX['grid-registry'],
    {
      /** Largest file an import takes. The communities of the whole country are 25 MB. */
      GRID_IMPORT_MAX_BYTES: z.coerce.number().int().min(1).default(50 * MEGABYTE),
      /** How long the second voice for an erasure may take. */
      GRID_ERASURE_REQUEST_HOURS: z.coerce.number().min(1).max(720).default(72),
      /** How often it is looked whether the keys of people are under another master key. */
      GRID_MASTER_KEY_LOOK_MS: z.coerce.number().int().min(10).default(30_000),
      /** How often what is to be erased is looked at while there is any; 16 times as long else. */
      GRID_ERASURE_POLL_MS: z.coerce.number().int().min(10).default(500),
    },
    env,
  );

export type GridConfig = ReturnType<typeof loadConfig>;

/** Injection token. */
export const GRID_CONFIG = Symbol('GridConfig');
