import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { SERVICES } from '@brain/contracts';
import { tempDir, type TempDir } from '@brain/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chart, complaints, manifestsOf, needed, render, root, type Manifest } from './chart.js';
import { goTools, type GoTools } from './go-tools.js';
import { writeSchemas } from './kubernetes-schemas.js';

const run = promisify(execFile);
const behindBroker = {
  ...needed,
  'mqtt.mode': 'broker',
  'mqtt.broker': { url: 'mqtts://broker.example:8883', adminUsername: 'admin', caKey: 'ca.crt' },
  signIn: { mode: 'both', issuer: 'https://id.example/realms/brain', discoveryUrl: 'https://id.internal/realms/brain' },
  'tracing.endpoint': 'http://otel-collector:4318',
  'services.alerting.autoscaling.lag': { metric: 'brain_bus_consumer_lag_records', labels: { group: 'alerting.rules', topic: 'telemetry.readings' }, target: 2000 },
};
const variants = [
  { name: 'with its own MQTT listener and accounts', values: needed },
  { name: 'behind a broker, with OIDC, traces and lag', values: behindBroker },
  { name: 'without ingress, policies and TLS', values: { ...needed, 'ingress.enabled': false, 'networkPolicy.enabled': false, 'mqtt.tls': false } },
];

const withKms = { name: 'with a KMS', values: { ...needed, 'masterKey.kms': { url: 'https://kms.example:8200', namespace: 'city/nanshan', caKey: 'ca.crt', older: true } } };

let tools: GoTools;
let schemas: string;
let secrets: TempDir;

beforeAll(async () => {
  tools = await goTools();
  schemas = await writeSchemas(tools.openApi, path.join(tools.folder, 'schemas'));
  secrets = await tempDir('brain-secrets-');
  await run(path.join(root, 'infra/docker/make-secrets.sh'), [secrets.path]);
}, 900_000);

afterAll(() => secrets.remove());

const named = (kind: string, manifests: readonly Manifest[]) => manifests.filter((one) => one.kind === kind).map(({ metadata }) => metadata.name);
const workloads = (manifests: readonly Manifest[]) => manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job');

/** The pod's environment, with the paths its own part of the Secret has here. */
function environmentOf({ spec }: Manifest): Record<string, string> {
  const pod = spec.template?.spec;
  const mounted = pod?.volumes.flatMap(({ secret }) => secret?.items ?? []) ?? [];
  const here = new Map(mounted.map(({ key, path: file }) => [`/run/secrets/${file}`, path.join(secrets.path, key)]));
  return Object.fromEntries((pod?.containers[0].env ?? []).map(({ name, value }) => [name, here.get(value) ?? value]));
}

describe('the chart', () => {
  it('is what helm expects of a chart', async () => {
    const given = Object.entries(needed).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
    await expect(run(tools.helm, ['lint', '--strict', chart, ...given])).resolves.toMatchObject({ stdout: expect.stringContaining('0 chart(s) failed') as unknown });
  });

  it.each([...variants, withKms])('renders $name to objects that Kubernetes describes, with no field beside', async ({ values }) => {
    await expect(complaints(tools, schemas, await render(tools, values))).resolves.toBe('');
  });

  it('would be found out: a misspelt field, a missing one and a wrong type', async () => {
    const rendered = await render(tools);
    for (const [right, wrong] of [['maxUnavailable: 1', 'maxUnavailible: 1'], ['  selector:\n    matchLabels', '  selectr:\n    matchLabels'], ['backoffLimit: 6', 'backoffLimit: six']] as const) {
      expect(rendered).toContain(right);
      await expect(complaints(tools, schemas, rendered.replace(right, wrong))).resolves.toContain('is invalid');
    }
  });

  it.each([...variants, withKms])('$name: each pod is given what its own configuration accepts, and nothing it would not read', async ({ values }) => {
    const deployments = manifestsOf(await render(tools, values)).filter(({ kind }) => kind === 'Deployment');
    const input = deployments.map((manifest) => [manifest.metadata.name, { program: manifest.metadata.name.replace('brain-', ''), environment: environmentOf(manifest) }]);
    const checking = run(process.execPath, [path.join(root, 'infra/docker/check-environments.mjs')], { env: {} });
    checking.child.stdin?.end(JSON.stringify(Object.fromEntries(input)));
    const answers = JSON.parse((await checking).stdout) as Record<string, unknown>;
    expect(answers).toEqual(Object.fromEntries(SERVICES.map((service) => [`brain-${service}`, { problems: [], unknown: [] }])));
  });

  it.each(variants)('$name: takes from the Secret only what make-secrets.sh makes, and holds none itself', async ({ values }) => {
    const manifests = manifestsOf(await render(tools, values));
    const keys = workloads(manifests).flatMap(({ spec }) => spec.template?.spec.volumes.flatMap(({ secret }) => secret?.items.map(({ key }) => key) ?? []) ?? []);
    expect(await readdir(secrets.path)).toEqual(expect.arrayContaining(keys));
    expect(named('Secret', manifests)).toEqual([]);
    // The log's key is made by the service itself, on a volume of its own.
    const given = new RegExp(`^(${secrets.path}|/var/lib/brain/key)/`);
    for (const [variable, value] of workloads(manifests).flatMap((manifest) => Object.entries(environmentOf(manifest)))) {
      if (/PASSWORD|SECRET|_KEY|DATABASE_URL|EVENTSTOREDB_URL/.test(variable)) expect([variable, value]).toEqual([expect.stringMatching(/_FILE$/), expect.stringMatching(given)]);
    }
  });

  it('gives the token of a KMS to those that open the keys of people, and no master key beside', async () => {
    const rendered = await render(tools, { ...needed, 'masterKey.kms': { url: 'https://kms.example:8200' } });
    const holders = workloads(manifestsOf(rendered)).filter((manifest) => 'BRAIN_MASTER_KEY_KMS_TOKEN_FILE' in environmentOf(manifest));
    // The services, and the provisioning.
    expect(holders).toHaveLength(SERVICES.length + 1);
    expect(rendered).not.toContain('master-keys');
  });

  it('gives every service a deployment, a service, an account, a disruption budget and a network policy', async () => {
    const manifests = manifestsOf(await render(tools));
    const all = SERVICES.map((service) => `brain-${service}`);
    expect(named('PersistentVolumeClaim', manifests)).toEqual(['brain-audit-key', 'brain-audit-log']);
    for (const kind of ['Deployment', 'Service', 'ServiceAccount', 'PodDisruptionBudget', 'NetworkPolicy']) expect(named(kind, manifests)).toEqual(expect.arrayContaining(all));
    expect(named('HorizontalPodAutoscaler', manifests).sort()).toEqual(all.filter((name) => !['brain-operations-gateway', 'brain-audit'].includes(name)).sort());
  });

  it('gives no pod rights it does not need', async () => {
    for (const { spec } of workloads(manifestsOf(await render(tools)))) {
      expect(spec.template?.spec).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } }],
      });
    }
  });

  it('probes every service, and says what it asks for and may take', async () => {
    const probe = (at: string) => ({ httpGet: { path: at, port: 'http' } });
    const size = { cpu: expect.anything() as unknown, memory: expect.stringMatching(/Mi$/) as unknown };
    for (const { spec, metadata } of manifestsOf(await render(tools)).filter(({ kind }) => kind === 'Deployment')) {
      const isGateway = metadata.name === 'brain-operations-gateway';
      expect(spec.template?.spec.containers[0]).toMatchObject({
        image: expect.stringMatching(/^community-brain\/[a-z-]+:\d+\.\d+\.\d+$/) as unknown,
        startupProbe: probe('/healthz'),
        livenessProbe: probe('/healthz'),
        readinessProbe: probe(isGateway ? '/healthz' : '/readyz'),
        resources: { requests: size, limits: size },
      });
    }
  });

  it('provisions the engines before anything is installed or upgraded', async () => {
    const job = manifestsOf(await render(tools)).find(({ kind }) => kind === 'Job');
    expect(job?.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
  });

  it('scales on consumer lag where the values name a metric', async () => {
    const scaler = manifestsOf(await render(tools, behindBroker)).find(({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === 'brain-alerting');
    expect(scaler?.spec).toMatchObject({
      maxReplicas: 4,
      metrics: [{ type: 'Resource' }, { type: 'External', external: { metric: { name: 'brain_bus_consumer_lag_records', selector: { matchLabels: { group: 'alerting.rules', topic: 'telemetry.readings' } } }, target: { type: 'AverageValue', averageValue: '2000' } } }],
    });
  });

  it('opens HTTP by ingress and MQTT by a balancer; behind a broker no MQTT at all', async () => {
    const manifests = manifestsOf(await render(tools));
    expect(named('Ingress', manifests)).toEqual(['brain-operations-gateway']);
    expect(manifests.find(({ kind, metadata }) => kind === 'Service' && metadata.name === 'brain-mqtt')?.spec).toMatchObject({ type: 'LoadBalancer', ports: [{ port: 1883 }, { port: 8883 }] });
    expect(named('Service', manifestsOf(await render(tools, behindBroker)))).not.toContain('brain-mqtt');
  });

  it.each([
    { values: {}, says: 'engines.kafka.brokers is needed' },
    { values: { ...needed, publicUrl: '' }, says: 'publicUrl is needed' },
    { values: { ...needed, 'signIn.mode': 'oidc' }, says: 'signIn.issuer is needed' },
    { values: { ...needed, 'mqtt.mode': 'broker' }, says: 'mqtt.broker.url is needed' },
    { values: { ...needed, 'image.tag': 'latest' }, says: '/image/tag' },
    { values: { ...needed, 'services.alertin': {} }, says: "'alertin' not allowed" },
  ])('is refused with "$says"', async ({ values, says }) => {
    await expect(render(tools, values)).rejects.toThrow(says);
  });
});
