// @ts-check
// Who may import what, as rules of dependency-cruiser. A project's tags are in its package.json.

/**
 * @typedef {{ folder: string, tags: readonly string[] }} TaggedProject
 * @typedef {{ tag: string, mayUse: readonly string[] }} Constraint
 */

const SERVICES = [
  'grid-registry',
  'sensor-ingestion',
  'alerting',
  'case-management',
  'staff-evaluation',
  'audit',
  'operations-gateway',
];

/** For every tag of a project one of the tags of what it imports must be named here. @type {readonly Constraint[]} */
export const constraints = [
  { tag: 'type:service', mayUse: ['type:lib', 'type:contracts', 'type:testing'] },
  { tag: 'type:lib', mayUse: ['type:lib', 'type:contracts', 'type:testing'] },
  { tag: 'type:contracts', mayUse: [] },
  { tag: 'type:testing', mayUse: ['type:lib', 'type:contracts'] },
  { tag: 'type:dashboard', mayUse: ['type:contracts'] },
  { tag: 'type:local', mayUse: ['type:lib', 'type:contracts', 'type:testing', 'type:local'] },
  { tag: 'type:e2e', mayUse: ['type:contracts', 'type:testing', 'type:e2e', 'type:lib', 'type:local'] },
  { tag: 'scope:shared', mayUse: ['scope:shared'] },
  ...SERVICES.map((name) => ({ tag: `scope:${name}`, mayUse: [`scope:${name}`, 'scope:shared'] })),
];

/**
 * Folders that import each other today. No other folder may join them, and no cycle may lead out of its set.
 * A set goes when its folders no longer need each other.
 */
export const knownFolderCycles = [
  {
    in: 'dashboards/operations/src',
    folders: [
      'accounts', 'alerts', 'api', 'app', 'areas', 'audit', 'cases', 'devices', 'elements', 'evaluation', 'ingestion', 'live',
      'overview', 'past', 'room', 'rules', 'session', 'staff', 'time',
    ],
  },
  { in: 'infra/local/src', folders: ['api', 'start'] },
  { in: 'libs/event-store/src', folders: ['migrations', 'past', 'postgres', 'projections', 'rebuild', 'rebuild/fill'] },
  { in: 'libs/verifiable-log/src', folders: ['checkpoint', 'notes'] },
  { in: 'libs/verifiable-log/src', folders: ['entry', 'proofs', 'verify'] },
  { in: 'services/alerting/src', folders: ['alerts', 'rules'] },
  { in: 'services/audit/src', folders: ['events', 'log', 'witnesses'] },
  { in: 'services/case-management/src', folders: ['cases', 'dispatch', 'staff', 'workload'] },
  { in: 'services/operations-gateway/src', folders: ['accounts', 'front-door', 'live', 'read-tables', 'sign-in'] },
  { in: 'services/sensor-ingestion/src', folders: ['broker', 'devices', 'mqtt', 'presence', 'wearers'] },
];

/** @param {readonly TaggedProject[]} projects */
export function boundaryRules(projects) {
  return [...projects.map((project) => projectRule(project, projects)), ...pathRules(), ...domainRules(), ...contractsRules(), ...cycleRules()].map(
    (rule) => ({ severity: 'error', ...rule }),
  );
}

/** @param {TaggedProject} project @param {readonly TaggedProject[]} projects */
function projectRule(project, projects) {
  const forbidden = projects.filter((other) => other !== project && !mayUse(project, other));
  return {
    name: `boundary-of-${project.folder.replace('/', '-')}`,
    comment: `Its tags (${project.tags.join(', ')}) do not allow it: infra/local/test-run/boundary-rules.mjs.`,
    from: { path: `^${project.folder}/` },
    to: { path: anyOf(forbidden.map(({ folder }) => folder)) },
  };
}

/** @param {TaggedProject} project @param {TaggedProject} other */
function mayUse(project, other) {
  return constraints.filter(({ tag }) => project.tags.includes(tag)).every((constraint) => constraint.mayUse.some((tag) => other.tags.includes(tag)));
}

/** How an import is written. */
function pathRules() {
  const project = '^((?:libs|services|dashboards|infra|test)/[^/]+)/';
  return [
    {
      name: 'other-project-by-path',
      comment: 'Another project is imported by the name of its package, so that only what it exports is used.',
      from: { path: project },
      to: { path: project, pathNot: '^$1/', dependencyTypes: ['local'], dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'own-project-by-name',
      comment: 'A file of the same project is imported by its path: a package that imports itself has a cycle.',
      from: { path: `${project}.*\\.tsx?$` },
      to: { path: '^$1/', pathNot: '/node_modules/', dependencyTypesNot: ['local'] },
    },
    { name: 'unresolvable', comment: 'It is not there, or not exported.', from: {}, to: { couldNotResolve: true } },
  ];
}

/** `domain/` would compile with Nest uninstalled. Its tests may use more. */
function domainRules() {
  const from = { path: '^(.*/domain)/', pathNot: '\\.spec\\.ts$' };
  return [
    { name: 'domain-leaves-its-folder', comment: 'domain/ imports its own folder only.', from, to: { pathNot: '^$1/', dependencyTypes: ['local'] } },
    { name: 'domain-uses-node', comment: 'domain/ is plain TypeScript.', from, to: { dependencyTypes: ['core'] } },
    { name: 'domain-uses-framework', comment: 'domain/ is plain TypeScript.', from, to: { path: '(^|/)node_modules/(@nestjs|pg|aedes|mqtt)/' } },
    {
      name: 'domain-uses-lib',
      comment: 'domain/ may use contracts and @brain/event-store/pure.',
      from,
      to: { path: '^libs/', pathNot: '^libs/(contracts/src/|event-store/src/pure\\.ts$)', dependencyTypesNot: ['local'] },
    },
  ];
}

/** What every service and the browser read. */
function contractsRules() {
  return [
    { name: 'contracts-use-framework', from: { path: '^libs/(contracts|log-verifier)/' }, to: { path: '(^|/)node_modules/(@nestjs|pg)/' } },
    { name: 'contracts-use-node', from: { path: '^libs/contracts/src/', pathNot: '\\.spec\\.ts$' }, to: { dependencyTypes: ['core'] } },
  ].map((rule) => ({ comment: 'Contracts are plain data and their schemas.', ...rule }));
}

function cycleRules() {
  const comment = 'A cycle cannot be loaded under ESM with decorators, nor understood one part at a time.';
  const known = knownFolderCycles.map((cycle) => anyOf(cycle.folders.map((folder) => `${cycle.in}/${folder}`), '$'));
  return [
    { name: 'cycle-of-files', comment, from: {}, to: { circular: true } },
    { name: 'cycle-of-folders', comment, scope: 'folder', from: { pathNot: known }, to: { circular: true } },
    ...known.map((folders) => ({ name: 'cycle-of-folders-grows', comment, scope: 'folder', from: { path: folders }, to: { circular: true, pathNot: folders } })),
  ];
}

/** A pattern for the paths; one that nothing matches if there are none. @param {readonly string[]} paths */
function anyOf(paths, end = '/') {
  return paths.length === 0 ? '^$' : `^(${paths.join('|')})${end}`;
}
