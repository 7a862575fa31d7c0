export { startProduct, type RunningProduct } from './running-product.js';
export type { Product } from './product.js';
export { ownDistrict, sharedDemo, type OwnDistrict } from './shared-product.js';
export { connectOperations, type OperationsSocket } from './operations-socket.js';
export * from './district.js';
