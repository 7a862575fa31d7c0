import type { EventEmitter } from 'node:events';
import type { Client } from 'aedes';

/** A topic in a packet that the broker is given in place of one for which it would end the connection. Nobody may use it. */
const IN_PLACE = 'refused';
/** Fewer than the broker takes. No topic of ours has as many. */
const MOST_LEVELS = 64;

interface ParsedPacket {
  readonly cmd: string;
  topic?: string;
  readonly subscriptions?: { topic: string }[];
  unsubscriptions?: string[];
}

const asked = new WeakMap<object, string>();

/**
 * The broker ends a connection without an answer for topics that it will not look at: empty ones, wildcards in a
 * PUBLISH, too many levels, misplaced wildcards in a filter. The client then comes back and sends the same, for ever. Such a
 * packet gets a topic that passes and that nobody may use, so it is answered as any other that is not allowed.
 */
export function answerInsteadOfEnding(client: Client): void {
  // Not in aedes' types: there is no hook before its own checks.
  const { _parser: parser } = client as unknown as { readonly _parser: EventEmitter };
  parser.prependListener('packet', (packet: ParsedPacket) => makeAnswerable(packet));
}

/** The topic that the client wrote. */
export function askedTopic(packet: { readonly topic: string }): string {
  return asked.get(packet) ?? packet.topic;
}

function makeAnswerable(packet: ParsedPacket): void {
  const { topic } = packet;
  if (packet.cmd === 'publish' && topic !== undefined && !isTopic(topic)) {
    asked.set(packet, topic);
    packet.topic = IN_PLACE;
  }
  // Each its own: a filter that comes twice is answered once.
  packet.subscriptions?.forEach((subscription, index) => {
    if (!isFilter(subscription.topic)) subscription.topic = `${IN_PLACE}/${String(index)}`;
  });
  if (packet.unsubscriptions !== undefined) packet.unsubscriptions = packet.unsubscriptions.map((filter, index) => (isFilter(filter) ? filter : `${IN_PLACE}/${String(index)}`));
}

function isTopic(topic: string): boolean {
  return topic !== '' && !/[#+]/.test(topic) && hasFewLevels(topic);
}

/** Wildcards stand alone in their level, `#` in the last one. */
function isFilter(filter: string): boolean {
  return filter !== '' && hasFewLevels(filter) && /^(?:[^#+/]*|\+)(?:\/(?:[^#+/]*|\+))*(?:\/#)?$|^#$/.test(filter);
}

function hasFewLevels(topic: string): boolean {
  return topic.split('/', MOST_LEVELS + 1).length <= MOST_LEVELS;
}
