import { DEVICE_TOPICS } from '../broker/broker-topic.js';

export interface AclRule {
  readonly permission: 'allow' | 'deny';
  readonly action: 'publish' | 'subscribe' | 'all';
  readonly topic: string;
}

/** What EMQX's HTTP authenticator reads; `acl` since 5.8, `client_attrs` since 5.7, older ones ask the authorizer. */
export type AuthenticateAnswer =
  | { readonly result: 'deny' }
  | { readonly result: 'allow'; readonly is_superuser: false; readonly client_attrs: Readonly<Record<string, string>>; readonly acl: readonly AclRule[] };

const NOTHING_ELSE: AclRule = { permission: 'deny', action: 'all', topic: '#' };

export function admitDevice(deviceId: string): AuthenticateAnswer {
  const own: AclRule = { permission: 'allow', action: 'all', topic: `devices/${deviceId}/#` };
  return { result: 'allow', is_superuser: false, client_attrs: { device_id: deviceId }, acl: [own, NOTHING_ELSE] };
}

/** Ourselves. The filters stand for themselves (`eq`), as subscriptions, not as patterns. */
export function admitService(): AuthenticateAnswer {
  const acl = DEVICE_TOPICS.map((topic): AclRule => ({ permission: 'allow', action: 'subscribe', topic: `eq ${topic}` }));
  return { result: 'allow', is_superuser: false, client_attrs: { device_id: '' }, acl: [...acl, NOTHING_ELSE] };
}

/** A device may do anything below its own id; a filter that reaches beyond it does not begin with it. */
export function deviceMay(deviceId: string, topic: string): boolean {
  return topic.startsWith(`devices/${deviceId}/`);
}

export function serviceMay(action: 'publish' | 'subscribe', topic: string): boolean {
  const filter = topic.replace(/^\$share\/[^/]+\//, '');
  return action === 'subscribe' && DEVICE_TOPICS.some((one) => one === filter);
}
