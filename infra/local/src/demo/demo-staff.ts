import type { Availability, Role, StaffProfile } from '@brain/contracts';
import type { DemoArea } from './demo-area.js';
import { inventedName } from './person-names.js';
import { pick, randomFor, wholeBetween, type Random } from './seeded-random.js';

export interface DemoPerson extends StaffProfile {
  readonly key: string;
  readonly availability: Availability;
}

const SKILLS = ['lift', 'fire-safety', 'gas', 'electricity', 'drainage', 'mediation', 'elderly-care', 'patrol'] as const;
const MOST_COMMUNITIES_PER_WORKER = 3;
const SHARE_ON_DUTY = 0.85;

/**
 * Invented people: in every street a leader 网格长 who is always on duty, workers 网格员 for two or three communities
 * each, one for single grids; and the control room. So every community has somebody on duty, if only its leader.
 */
export function demoStaff(areas: readonly DemoArea[]): readonly DemoPerson[] {
  const random = randomFor('staff');
  const taken = new Set<string>();
  const county = areas.find(({ kind }) => kind === 'county')?.code ?? '';
  const posts = [
    ...areas.filter(({ kind }) => kind === 'street').flatMap((street) => streetPosts(street.code, areas)),
    ...controlRoom(county),
  ];
  return posts.map((post, i) => ({
    key: `demo-staff-${String(i + 1).padStart(3, '0')}`,
    name: inventedName(random, taken),
    roles: [...post.roles],
    areaCodes: [...post.areaCodes],
    skills: skillsFor(post, random),
    post: post.post,
    availability: post.mayBeAway ? availabilityOf(random) : 'on-duty',
  }));
}

interface Position {
  readonly post: string;
  readonly roles: readonly Role[];
  readonly areaCodes: readonly string[];
  readonly mayBeAway: boolean;
}

function streetPosts(street: string, areas: readonly DemoArea[]): readonly Position[] {
  const codesOf = (kind: DemoArea['kind']) => areas.filter((area) => area.kind === kind && area.code.startsWith(street)).map(({ code }) => code);
  const communities = codesOf('community');
  const workers = Math.ceil(communities.length / MOST_COMMUNITIES_PER_WORKER);
  const byWorker = Array.from({ length: workers }, (_, i) => communities.filter((_code, at) => at % workers === i));
  return [
    { post: '网格长', roles: ['grid-worker'], areaCodes: [street], mayBeAway: false },
    { post: '专职网格员', roles: ['grid-worker'], areaCodes: codesOf('grid').slice(0, 2), mayBeAway: true },
    ...byWorker.map((areaCodes): Position => ({ post: '网格员', roles: ['grid-worker'], areaCodes, mayBeAway: true })),
  ];
}

function controlRoom(county: string): readonly Position[] {
  const at = (post: string, role: Role): Position => ({ post, roles: [role], areaCodes: [county], mayBeAway: false });
  return [
    ...['值班长', '值班员', '值班员', '调度员'].map((post) => at(post, 'operator')),
    ...['评价专员', '评价专员'].map((post) => at(post, 'evaluator')),
    at('审计专员', 'auditor'),
  ];
}

function skillsFor({ roles }: Position, random: Random): string[] {
  if (!roles.includes('grid-worker')) return [];
  const wanted = wholeBetween(random, 1, 3);
  const skills = new Set<string>();
  while (skills.size < wanted) skills.add(pick(random, SKILLS));
  return [...skills].toSorted();
}

function availabilityOf(random: Random): Availability {
  return random() < SHARE_ON_DUTY ? 'on-duty' : pick(random, ['off-duty', 'off-duty', 'on-leave', 'training']);
}
