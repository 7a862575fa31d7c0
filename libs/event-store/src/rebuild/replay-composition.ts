import type { ServiceName } from '@brain/contracts';
import type { Projection } from '../projection.port.js';

/**
 * All that a service gives to a replay: its read tables, and how events become them. A projection is handed an SQL
 * client and an event, and there is no place here for anything else: no bus, no store to append to, no mail, no socket.
 */
export interface ReplayComposition {
  readonly service: ServiceName;
  readonly schema: string;
  readonly projections: readonly Projection[];
  /** Its events speak of nobody: it is given no key of people. */
  readonly personalData?: 'none';
}
