export { startProduct, type RunningProduct } from './running-product.js';
export type { Product } from './product.js';
export { killableDistrict, ownDistrict, sharedDemo, type KillableDistrict, type OwnDistrict } from './shared-product.js';
export { connectOperations, type OperationsSocket } from './operations-socket.js';
export * from './district.js';
