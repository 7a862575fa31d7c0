import { ConfigurationError } from '../configuration.js';
import { withFiles } from '../variable-files.js';
import { engineVariables, toBusEngine, toEventStoreEngine, type BusEngine, type EventStoreEngine } from './engine-variables.js';

export interface Engines {
  readonly eventStore: EventStoreEngine;
  readonly bus: BusEngine;
}

/** The engines alone, for programs that look after the services. @throws ConfigurationError */
export function loadEngines(env: Readonly<Record<string, string | undefined>>): Engines {
  const given = withFiles(env, Object.keys(engineVariables.shape));
  const { data, error } = engineVariables.safeParse(given.env);
  const problems = [...given.problems, ...(error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)];
  if (problems.length > 0 || data === undefined) throw new ConfigurationError(problems);
  return { eventStore: toEventStoreEngine(data), bus: toBusEngine(data) };
}
