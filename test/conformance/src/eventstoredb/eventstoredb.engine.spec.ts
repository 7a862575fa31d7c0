import { describeEventStore, type BeyondTheCore } from '@brain/event-store/conformance';
import { LIVE_URL, storeOnLiveServer } from './store-on-live-server.fixture.js';
import { storeOnServer } from './store-on-server.fixture.js';

const where = LIVE_URL === undefined ? 'on the server in process' : 'on the server of BRAIN_ENGINE_URL';
/** A live server keeps what was written before. */
const BEYOND: BeyondTheCore = { severalStreams: false, idsUniqueInStore: false, opensEmpty: LIVE_URL === undefined };

describeEventStore(
  `EventStoreDbEventStore ${where}`,
  () => (LIVE_URL === undefined ? storeOnServer() : Promise.resolve(storeOnLiveServer(LIVE_URL))),
  BEYOND,
);
