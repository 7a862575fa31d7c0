import serverFeaturesPb from '@eventstore/db-client/generated/serverfeatures_pb.js';

const STREAMS = 'event_store.client.streams.streams';

/** What this server answers, in the words of a real one. */
export function supportedMethods(version: string): serverFeaturesPb.SupportedMethods {
  const methods = ['read', 'append', 'batchappend'].map((name) =>
    new serverFeaturesPb.SupportedMethod().setServiceName(STREAMS).setMethodName(name).setFeaturesList(name === 'read' ? ['position', 'events'] : []),
  );
  return new serverFeaturesPb.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods);
}
