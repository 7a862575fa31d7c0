export * from './bus-under-test.fixture.js';
export { messageBusConformance } from './message-bus.conformance.fixture.js';
