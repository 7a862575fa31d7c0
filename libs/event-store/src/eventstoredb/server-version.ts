import type { EventStoreDBClient } from '@eventstore/db-client';
import type { DomainError } from '@brain/contracts';
import { refused } from './store-fault.js';

const OLDEST = [23, 10] as const;

/** The client asks for it before its first batch, and keeps it to itself. */
interface AskingClient {
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
}

export async function serverVersionOf(client: EventStoreDBClient): Promise<string> {
  return (await (client as unknown as AskingClient).capabilities).serverVersion;
}

/** An older one gives events without a position, and its subscriptions never say that they have given all. */
export function tooOld(version: string): DomainError | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined || minor === undefined) return undefined;
  const [year, month] = [Number(major), Number(minor)];
  if (year > OLDEST[0] || (year === OLDEST[0] && month >= OLDEST[1])) return undefined;
  return refused(`The server is EventStoreDB ${version}`, 'use EventStoreDB 23.10 or newer, or KurrentDB');
}
