export * from './decider.js';
export * from './event-store.port.js';
export * from './codec.js';
export * from './handle-command.js';
export * from './projection.port.js';
export * from './memory/in-memory-event-store.js';
