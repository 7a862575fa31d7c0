import type { INestApplication } from '@nestjs/common';
import { NestMicroservice } from '@nestjs/microservices';
import type { MessageBus } from '../message-bus.port.js';
import { BusServer, type BusServerOptions } from './bus-server.js';
import { KeepHandlerErrorsFilter } from './keep-handler-errors.filter.js';

/**
 * Makes the `@EventPattern` methods of an application subscribers of the bus; `app.startAllMicroservices()` then
 * starts them. Use this rather than `connectMicroservice`, which takes no filter once the handlers are bound.
 */
export function connectBus(app: INestApplication, bus: MessageBus, options: BusServerOptions): BusServer {
  const strategy = new BusServer(bus, options);
  const microservice = app.connectMicroservice({ strategy }, { deferInitialization: true });
  microservice.useGlobalFilters(new KeepHandlerErrorsFilter());
  if (!(microservice instanceof NestMicroservice)) throw new Error('@nestjs/microservices is installed twice');
  microservice.registerListeners();
  // As connectMicroservice does it: the application runs the life cycle hooks, not its transport.
  microservice.setIsInitialized(true);
  microservice.setIsInitHookCalled(true);
  return strategy;
}
