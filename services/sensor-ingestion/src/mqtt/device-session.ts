/** A device on a connection: who it is, as of the last check. */
export interface DeviceSession {
  readonly deviceId: string;
  /** The token it signed in with; a rotated token ends the session. */
  readonly tokenHash: Buffer;
  kind: string;
  areaCode: string;
  isRetired: boolean;
}
