import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../../../..');

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** A variable without a value is taken from the host when it is set there. */
const environment = z.record(z.string(), z.union([scalar, z.null()])).transform((given) =>
  Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
);
const secretMount = z.union([
  z.string().transform((source) => ({ source, target: `/run/secrets/${source}` })),
  z.object({ source: z.string(), target: z.string() }),
]);
const limits = z.object({ cpus: z.string(), memory: z.string() });

const service = z.object({
  profiles: z.array(z.enum(['core', 'full'])).min(1),
  image: z.string(),
  build: z.object({ context: z.literal('.'), dockerfile: z.string(), target: z.string(), args: z.object({ PROJECT: z.string() }) }).optional(),
  user: z.string().optional(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  environment: environment.default({}),
  secrets: z.array(secretMount).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.object({ aliases: z.array(z.string()) }))]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ disable: z.boolean().default(false), test: z.array(z.string()).default([]) }).optional(),
  deploy: z.object({ resources: z.object({ limits, reservations: z.object({ memory: z.string() }) }) }),
});

const composeFile = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.unknown()),
  volumes: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

export type ComposeService = z.output<typeof service>;
export type Profile = 'core' | 'full';

export const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');

/** With `${NAME:-default}` replaced by the default, as on a host that sets nothing. */
export const compose = composeFile.parse(parse(text.replaceAll(/(?<!\$)\$\{\w+:-([^}]*)\}/g, '$1'), { merge: true }));

export const services = Object.entries(compose.services);

/** Programs of this repository. */
export const ours = services.filter(([, { build }]) => build !== undefined);

export const inProfile = (profile: Profile) => services.filter(([, { profiles }]) => profiles.includes(profile));

/** The folder of services/ that runs in it; undefined for the job and the engines. */
export function programOf({ build }: ComposeService): string | undefined {
  const [group, name] = build?.args.PROJECT.split('/') ?? [];
  return group === 'services' ? name : undefined;
}
