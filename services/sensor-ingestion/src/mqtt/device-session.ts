/** A device that sends: who it is, as of the last check. */
export interface DeviceSession {
  readonly deviceId: string;
  /** The token it signed in with, whose rotation ends the session; null when something else vouches for it. */
  readonly tokenHash: Buffer | null;
  kind: string;
  areaCode: string;
  /** Null: it is nobody's. */
  wearerId: string | null;
  isRetired: boolean;
}
