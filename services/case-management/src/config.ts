import { VARIABLE_PREFIX } from '@brain/contracts';
import { parseConfig } from '@brain/service-kit';
import { z } from 'zod';
import { parseDeadlines } from './settings/own-deadlines.js';

const whole = z.coerce.number().int().min(1);

export const loadConfig = (env: NodeJS.ProcessEnv) =>
  parseConfig(
    VARIABLE_PREFIX['case-management'],
    {
      /** Cases a person can carry in a shift; load 1 is this many of normal weight. */
      CASES_CAPACITY: whole.default(8),
      CASES_REOPEN_WITHIN_DAYS: whole.default(30),
      /** Deadlines of this place, `category=amount unit,…`, in place of those of the list. */
      CASES_DEADLINES: z
        .string()
        .default('')
        .transform((text, context) => {
          const deadlines = parseDeadlines(text);
          if (deadlines !== undefined) return deadlines;
          context.addIssue('is not a list like 01076=2 urgent-hour,06010=4 working-hour of categories that there are');
          return z.NEVER;
        }),
      /** Least time between two looks for passed due times. Idle, it looks at the next due time, and after 16 times this, 15 s at most. */
      CASES_OVERDUE_POLL_MS: whole.default(1_000),
      /** How often cases that wait for somebody on duty are tried again without a cause. */
      CASES_WAITING_POLL_MS: whole.default(30_000),
      /** How often workloads are looked at again because time has passed. */
      CASES_WORKLOAD_TICK_MS: whole.default(30_000),
    },
    env,
  );

export type CasesConfig = ReturnType<typeof loadConfig>;

/** Injection token. */
export const CASES_CONFIG = Symbol('CasesConfig');
