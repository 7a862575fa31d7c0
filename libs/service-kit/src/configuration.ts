import { z } from 'zod';
import { engineVariables, toBusEngine, toEventStoreEngine, type BusEngine, type EventStoreEngine } from './engines/engine-variables.js';
import { masterKeySettings, masterKeyVariables, toMasterKeyPlace, type MasterKeyPlace } from './personal-data/master-key-variables.js';
import { withFiles } from './variable-files.js';

/** What every service reads. Variables carry the service's prefix (`CASES_HTTP_PORT`) or `BRAIN_` when shared. */
export interface KitConfig {
  readonly httpHost: string;
  readonly httpPort: number;
  readonly databaseUrl: string;
  readonly databasePool: number;
  readonly eventStore: EventStoreEngine;
  readonly bus: BusEngine;
  readonly jwksFile: string;
  readonly masterKeys: MasterKeyPlace;
  readonly logLevel: string;
  /** null: nothing is traced. */
  readonly tracing: TracingConfig | null;
}

export interface TracingConfig {
  /** Base address of an OTLP/HTTP collector. */
  readonly endpoint: string;
  /** Share of traces that are kept, 0 to 1. */
  readonly ratio: number;
}

/** Stops the start: names each wrong variable and what was expected. Values are not repeated, they may be secret. */
export class ConfigurationError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Configuration is wrong: ${problems.join('; ')}`);
    this.name = 'ConfigurationError';
  }
}

const port = z.coerce.number().int().min(0).max(65_535);

/**
 * Checks the environment once, at start. `shape` maps the service's own variables to Zod schemas; the result has
 * them under the same names, beside `kit`. A variable X may come as X_FILE, the path of a file with its value.
 * @throws ConfigurationError
 */
export function parseConfig<Shape extends z.ZodRawShape>(
  prefix: string,
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> & { readonly kit: KitConfig } {
  const variables = kitVariables(prefix);
  const given = withFiles(env, [...Object.keys(shape), ...Object.keys(variables), ...Object.keys(engineVariables.shape), ...masterKeySettings]);
  const own = z.object(shape).safeParse(given.env);
  const kit = z.object(variables).safeParse(given.env);
  const engines = engineVariables.safeParse(given.env);
  const masterKeys = masterKeyVariables.safeParse(given.env);
  const issues = [kit, engines, masterKeys, own].flatMap(({ error }) => error?.issues ?? []);
  const problems = [...given.problems, ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)];
  if (problems.length > 0 || !own.success || !kit.success || !engines.success || !masterKeys.success) throw new ConfigurationError(problems);
  const ports = { bus: toBusEngine(engines.data), eventStore: toEventStoreEngine(engines.data), masterKeys: toMasterKeyPlace(masterKeys.data) };
  return { ...own.data, kit: { ...toKitConfig(prefix, kit.data), ...ports } };
}

function kitVariables(prefix: string) {
  return {
    [`${prefix}_HTTP_HOST`]: z.string().min(1).default('127.0.0.1'),
    [`${prefix}_HTTP_PORT`]: port.default(0),
    [`${prefix}_DATABASE_URL`]: z.url({ protocol: /^postgres(ql)?$/ }),
    [`${prefix}_DATABASE_POOL`]: z.coerce.number().int().min(1).max(100).default(6),
    BRAIN_AUTH_JWKS_FILE: z.string().min(1),
    BRAIN_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    // The names every OpenTelemetry program reads.
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  };
}

function toKitConfig(prefix: string, values: Readonly<Record<string, unknown>>): Omit<KitConfig, 'bus' | 'eventStore' | 'masterKeys'> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = values;
  return {
    httpHost: String(values[`${prefix}_HTTP_HOST`]),
    httpPort: Number(values[`${prefix}_HTTP_PORT`]),
    databaseUrl: String(values[`${prefix}_DATABASE_URL`]),
    databasePool: Number(values[`${prefix}_DATABASE_POOL`]),
    jwksFile: String(values.BRAIN_AUTH_JWKS_FILE),
    logLevel: String(values.BRAIN_LOG_LEVEL),
    tracing: typeof endpoint === 'string' ? { endpoint, ratio: Number(values.OTEL_TRACES_SAMPLER_ARG) } : null,
  };
}
