export * from './scenario.js';
export * from './eventually.js';
export * from './free-port.js';
export * from './temp-dir.js';
export * from './test-database.js';
export * from './postgres-server.js';
export * from './master-key.js';
export * from './transit-server.js';
