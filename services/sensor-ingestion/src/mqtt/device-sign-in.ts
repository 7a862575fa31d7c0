/** What a device shows of itself. */
export interface SignIn {
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Common name of a client certificate that has been verified. */
  readonly certificateName: string | undefined;
}

export type Claim =
  | { readonly by: 'nothing' }
  | { readonly by: 'certificate'; readonly deviceId: string }
  /** Whoever has the token. */
  | { readonly by: 'token'; readonly token: string }
  | { readonly by: 'id-and-token'; readonly deviceId: string; readonly token: string };

const DEVICE_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export function isDeviceId(text: string): boolean {
  return DEVICE_ID.test(text);
}

/** A certificate, a token as user name, or the device id as user name with the token as password. */
export function claimOf({ username, password, certificateName }: SignIn): Claim {
  if (certificateName !== undefined && certificateName !== '') return { by: 'certificate', deviceId: certificateName };
  if (username === undefined || username === '') return { by: 'nothing' };
  if (isDeviceId(username)) return { by: 'id-and-token', deviceId: username, token: password ?? '' };
  return { by: 'token', token: username };
}
