export * from './message-bus.port.js';
export * from './topic-catalogue.js';
export { partitionOf } from './partition-of.js';
export { InMemoryMessageBus, type InMemoryMessageBusOptions } from './in-memory/in-memory-message-bus.js';
export { BusServer, type BusServerOptions } from './nest/bus-server.js';
export { connectBus } from './nest/connect-bus.js';
export { KeepHandlerErrorsFilter } from './nest/keep-handler-errors.filter.js';
export { PostgresMessageBus, type PostgresMessageBusOptions } from './postgres/postgres-message-bus.js';
export { installMessageBus, type InstallOptions } from './postgres/install-message-bus.js';
