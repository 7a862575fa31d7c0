import { loadEngines, type Engines } from '@brain/service-kit';

export interface LocalEngines extends Engines {
  readonly timeSeries: 'postgres' | 'timescaledb';
}

/** The engines that the services are given too, by the same variables. @throws ConfigurationError */
export function localEngines(env: NodeJS.ProcessEnv): LocalEngines {
  return { ...loadEngines(env), timeSeries: env.INGESTION_TIME_SERIES === 'timescaledb' ? 'timescaledb' : 'postgres' };
}
