import { VARIABLE_PREFIX } from '@brain/contracts';
import { parseConfig, type KitConfig } from '@brain/service-kit';
import { z } from 'zod';

const settings = {
  /** A repeat is told as an event at most once per so many seconds of event time. */
  ALERTING_RECURRENCE_SECONDS: z.coerce.number().min(0).max(3600).default(10),
  /** Trying a rule when it is written. */
  ALERTING_TRIAL_BUDGET_MS: z.coerce.number().int().min(1).max(5000).default(250),
  /** One evaluation while readings flow, and how many in a row may exceed it before the rule is suspended. */
  ALERTING_RUN_BUDGET_MS: z.coerce.number().min(0.001).max(1000).default(10),
  ALERTING_RUN_BUDGET_STRIKES: z.coerce.number().int().min(0).max(1000).default(5),
  /** Readings kept per device and metric for window functions. */
  ALERTING_WINDOW_SAMPLES: z.coerce.number().int().min(10).max(100_000).default(2000),
  /** How long a rule that names an unknown device or area waits for news of it. */
  ALERTING_COPY_WAIT_MS: z.coerce.number().int().min(0).max(10_000).default(2000),
};

export type AlertingSettings = z.infer<z.ZodObject<typeof settings>>;
export type AlertingConfig = AlertingSettings & { readonly kit: KitConfig };

/** Injection token. */
export const ALERTING_SETTINGS = Symbol('AlertingSettings');

export const loadConfig = (env: NodeJS.ProcessEnv): AlertingConfig => parseConfig(VARIABLE_PREFIX.alerting, settings, env);
