import { describeEventStore } from '@brain/event-store/conformance';
import { BEYOND_THE_CORE, LIVE_URL, storeOnLiveServer, storeOnServer } from './store-on-server.fixture.js';

const where = LIVE_URL === undefined ? 'on the server in process' : 'on the server of BRAIN_ENGINE_URL';

describeEventStore(
  `EventStoreDbEventStore ${where}`,
  () => (LIVE_URL === undefined ? storeOnServer() : Promise.resolve(storeOnLiveServer(LIVE_URL))),
  BEYOND_THE_CORE,
);
