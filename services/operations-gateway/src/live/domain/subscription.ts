import { isWithinArea, socketTopicsFor, type Role, type SocketTopic, type SubscribeRequest } from '@brain/contracts';

/** What a screen follows, in one canonical form: who asks for the same thing shares one channel. */
export interface Subscription {
  readonly key: string;
  /** Sorted, none within another; `['*']` is everywhere. */
  readonly areas: readonly string[];
  readonly topics: readonly SocketTopic[];
}

export interface SubscriptionRefusal {
  readonly code: 'AREA_OUT_OF_SCOPE' | 'TOPIC_NOT_ALLOWED';
  readonly detail: string;
  readonly path: string;
}

export function subscriptionOf({ areas, topics }: SubscribeRequest): Subscription {
  const outermost = areas.includes('*') ? ['*'] : [...new Set(areas)].filter((code) => !isInsideAnother(code, areas)).sort();
  const wanted = [...new Set(topics)].sort();
  return { key: `${outermost.join(',')}/${wanted.join(',')}`, areas: outermost, topics: wanted };
}

/** The first area outside the caller's scope or topic outside their roles; undefined: all is theirs. */
export function refusalOf(
  { areas, topics }: SubscribeRequest,
  roles: readonly Role[],
  covers: (areaCode: string) => boolean,
): SubscriptionRefusal | undefined {
  const area = areas.findIndex((code) => !covers(code));
  if (area >= 0) {
    return { code: 'AREA_OUT_OF_SCOPE', detail: `Area ${String(areas[area])} is outside your areas`, path: `areas.${area}` };
  }
  const allowed = new Set(socketTopicsFor(roles));
  const topic = topics.findIndex((name) => !allowed.has(name));
  if (topic < 0) return undefined;
  return { code: 'TOPIC_NOT_ALLOWED', detail: `Topic ${String(topics[topic])} is not for your roles`, path: `topics.${topic}` };
}

/** Is any of these areas within what the subscription follows? */
export function follows(subscription: Subscription, areaCodes: readonly string[]): boolean {
  const { areas } = subscription;
  return areas[0] === '*' || areaCodes.some((code) => areas.some((scope) => isWithinArea(code, scope)));
}

function isInsideAnother(code: string, areas: readonly string[]): boolean {
  return areas.some((scope) => scope !== code && isWithinArea(code, scope));
}
