import type { Role, SocketTopic } from '@brain/contracts';

const EVERYTHING: readonly SocketTopic[] = ['alert', 'case', 'workload', 'device', 'reading'];

/** What each role may follow; asking for more is refused as a whole. */
const TOPICS_OF_ROLE: Readonly<Record<Role, readonly SocketTopic[]>> = {
  administrator: EVERYTHING,
  'security-administrator': [],
  operator: EVERYTHING,
  auditor: EVERYTHING,
  evaluator: ['alert', 'case', 'workload'],
  'grid-worker': ['alert', 'case', 'device'],
};

export function topicsOf(roles: readonly Role[]): SocketTopic[] {
  return EVERYTHING.filter((topic) => roles.some((role) => TOPICS_OF_ROLE[role].includes(topic)));
}
