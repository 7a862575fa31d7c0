export { startProduct, type RunningProduct } from './running-product.js';
export { connectOperations, type OperationsSocket } from './operations-socket.js';
export * from './district.js';
