import type { Location } from '../values.js';

/** A device as the API and the socket show it. */
export interface DeviceView {
  readonly deviceId: string;
  /** Who wears it; absent or null: nobody. */
  readonly wearerId?: string | null | undefined;
  readonly name: string;
  readonly kind: string;
  readonly areaCode: string;
  readonly location: Location | null;
  readonly state: 'registered' | 'retired';
  readonly online: boolean;
  readonly lastSeenAt: string | null;
  readonly revision: number;
}
