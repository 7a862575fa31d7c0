import { isDeviceId } from '../mqtt/device-sign-in.js';
import { DEVICE_TOPICS, sharedTopic } from './broker-topic.js';

/** A command of Mosquitto's dynamic-security plugin. */
export type DynsecCommand = Readonly<Record<string, unknown>> & { readonly command: string };

/** What the plugin says to a repeat: nothing is wrong. */
export const ALREADY_SO = new Set(['Client already exists', 'Role already exists', 'Client not found', 'Role not found']);

export interface BrokerClient {
  readonly username: string;
  readonly textname?: string | undefined;
  readonly disabled?: boolean | undefined;
}

const roleOf = (deviceId: string) => `device-${deviceId}`;
const noteOf = (rotation: number) => `token ${String(rotation)}`;

/** The device may sign in with its token and publish as itself alone. Its open connections end: they may be another's. */
export function admit(deviceId: string, token: string, rotation: number): DynsecCommand[] {
  const own = `devices/${deviceId}/#`;
  const acls = [
    { acltype: 'publishClientSend', topic: own, allow: true },
    { acltype: 'subscribePattern', topic: own, allow: true },
  ];
  return [
    { command: 'createRole', rolename: roleOf(deviceId), acls },
    { command: 'deleteClient', username: deviceId },
    { command: 'createClient', username: deviceId, password: token, textname: noteOf(rotation), roles: [{ rolename: roleOf(deviceId) }] },
  ];
}

export function dismiss(deviceId: string): DynsecCommand[] {
  return [
    { command: 'deleteClient', username: deviceId },
    { command: 'deleteRole', rolename: roleOf(deviceId) },
  ];
}

/** Ourselves, as a client that may read what devices publish; an existing one is left as it is. */
export function admitService(username: string, password: string, group: string): DynsecCommand[] {
  const rolename = `brain-ingestion-${group}`;
  const acls = DEVICE_TOPICS.flatMap((topic) => [
    // Mosquitto checks a shared subscription under its whole name.
    { acltype: 'subscribeLiteral', topic: sharedTopic(group, topic), allow: true },
    { acltype: 'subscribeLiteral', topic, allow: true },
    { acltype: 'publishClientReceive', topic, allow: true },
  ]);
  return [
    { command: 'createRole', rolename, acls },
    { command: 'createClient', username, password, roles: [{ rolename }] },
  ];
}

export interface RegisteredDevice {
  readonly deviceId: string;
  readonly rotation: number;
  /** Its token is on the way to the broker. */
  readonly isWaiting: boolean;
}

export interface Reconciliation {
  readonly commands: readonly DynsecCommand[];
  /** Devices the broker does not let in, or only with an old token: only a new token helps. */
  readonly missing: readonly string[];
}

/** What to change at the broker so that it knows our devices and no others. Clients that are no devices are left alone. */
export function reconcile(devices: readonly RegisteredDevice[], clients: readonly BrokerClient[]): Reconciliation {
  const wanted = new Set(devices.map(({ deviceId }) => deviceId));
  const known = new Map(clients.map((client) => [client.username, client]));
  const strangers = clients.map(({ username }) => username).filter((name) => isDeviceId(name) && !wanted.has(name));
  const isMissing = ({ deviceId, rotation, isWaiting }: RegisteredDevice) => !isWaiting && known.get(deviceId)?.textname !== noteOf(rotation);
  return { commands: strangers.flatMap(dismiss), missing: devices.filter(isMissing).map(({ deviceId }) => deviceId) };
}
