import { createEventCodec } from '@brain/event-store';
import { ALERT_CONTRACTS } from './domain/alert.events.js';

export const alertCodec = createEventCodec(ALERT_CONTRACTS);
