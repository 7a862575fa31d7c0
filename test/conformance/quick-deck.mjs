// @ts-check
// What `npm run test:engines` runs when no engine is named and `--all` is not given: of each engine the conformance suite,
// and one deck of faults. All else, and both lines of Kafka, is for `--all` and for an engine that is named.

/** @type {Readonly<Record<string, readonly string[]>>} The spec files of an engine's folder, without `.engine.spec.ts`. */
export const QUICK_DECK = {
  eventstoredb: ['eventstoredb', 'lost-connection', 'refusals'],
  faults: ['faults'],
  kafka: ['kafka-message-bus'],
  mosquitto: ['mosquitto'],
  oidc: ['oidc', 'realm-file'],
  product: ['product'],
  provision: ['provision'],
  timescaledb: ['timescale-time-series', 'refusals'],
};

/** Read by the specs; what is given in the environment counts before it. */
export const QUICK_SETTINGS = {
  BRAIN_FAULT_BUSES: 'kafka',
  BRAIN_KAFKA_LINES: '4',
};
