import { NestFactory } from '@nestjs/core';
import type { DynamicModule } from '@nestjs/common';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { connectBus, MESSAGE_BUS, type MessageBus } from '@brain/message-bus';
import type { Logger } from 'pino';
import { isDomainError } from '@brain/contracts';
import { ConfigurationError, type KitConfig } from './configuration.js';
import { awaitEngines, type OpenEngine } from './engines/await-engines.js';
import { malformedBody } from './malformed-body.js';
import { refuseNul } from './refuse-nul.js';
import { createLogger, NestLogger } from './logger.js';
import { LOGGER } from './service-kit.module.js';
import { Readiness } from './readiness.js';
import { listenForStorage } from './storage-notice.js';
import { strictExpress } from './strict-express.js';
import { startTracing } from './tracing/start-tracing.js';

const SHUTDOWN_LIMIT_MS = 10_000;

/**
 * The life of a service process: configuration, application, signals. A wrong configuration is one line and exit 1.
 * @param ownEngines what this service alone needs before it can start
 */
export async function runService<Config extends { readonly kit: KitConfig }>(
  service: string,
  loadConfig: (env: NodeJS.ProcessEnv) => Config,
  moduleWith: (config: Config) => DynamicModule,
  ownEngines: (config: Config) => Readonly<Record<string, () => OpenEngine>> = () => ({}),
): Promise<void> {
  // Until there is an application to stop: whoever waits for engines must not outlive the supervisor.
  process.once('disconnect', endAtOnce);
  if (isSupervisorGone(process)) endAtOnce();
  try {
    const config = loadConfig(process.env);
    const flushTraces = config.kit.tracing === null ? undefined : await startTracing(service, config.kit.tracing);
    await awaitEngines(service, config.kit, createLogger(service, config.kit.logLevel), ownEngines(config));
    const app = await createService(service, config.kit, moduleWith(config));
    process.off('disconnect', endAtOnce);
    listenForStorage(app.get(Readiness));
    stopOnSignals(() => closed(app, flushTraces), app.get<Logger>(LOGGER));
    await app.listen(config.kit.httpPort, config.kit.httpHost);
    const url = await app.getUrl();
    app.get<Logger>(LOGGER).info({ url }, 'ready');
    process.send?.({ type: 'ready', url });
  } catch (error) {
    stopWith(service, error);
  }
}

/** A started application with its message handlers, not listening yet. Tests use it the same way. */
export async function createService(service: string, kit: KitConfig, module: DynamicModule): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(module, new ExpressAdapter(strictExpress()), {
    logger: new NestLogger(createLogger(service, kit.logLevel)),
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: '1mb' });
  app.use(malformedBody);
  app.use(refuseNul);
  connectBus(app, app.get<MessageBus>(MESSAGE_BUS), { service });
  await app.startAllMicroservices();
  return app;
}

/** It was killed while we were loaded: its end of the channel had closed before anybody listened. */
export function isSupervisorGone({ send, connected }: Pick<NodeJS.Process, 'send' | 'connected'>): boolean {
  return send !== undefined && !connected;
}

function endAtOnce(): never {
  process.exit(1);
}

async function closed(app: NestExpressApplication, flushTraces?: () => Promise<void>): Promise<void> {
  try {
    await app.close();
  } finally {
    await flushTraces?.();
  }
}

function stopOnSignals(close: () => Promise<void>, logger: Logger): void {
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    void close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // The supervisor is gone: without it nobody would stop or restart us.
  process.on('disconnect', () => stop('supervisor gone'));
  // State after an unforeseen error is unknown; start again from what is stored.
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'unexpected error');
    process.exit(1);
  });
}

function stopWith(service: string, error: unknown): never {
  if (error instanceof ConfigurationError) {
    process.stderr.write(`${service}: ${error.message}\n`);
  } else if (isDomainError(error)) {
    process.stderr.write(`${service}: ${error.code}: ${error.message}\n`);
  } else {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`${service}: could not start: ${detail}\n`);
  }
  process.exit(1);
}
