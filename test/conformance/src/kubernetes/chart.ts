import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { kubernetesVersion, type GoTools } from './go-tools.js';

const run = promisify(execFile);

export const root = path.resolve(import.meta.dirname, '../../../..');
export const chart = path.join(root, 'infra/kubernetes/community-brain');

export interface Container {
  readonly name: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

export interface PodSpec {
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string; readonly items: readonly { readonly key: string; readonly path: string }[] } }[];
}

export interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly template?: { readonly spec: PodSpec } };
}

/** Values beside the defaults; a chart cannot be rendered without the first ones. */
export const needed = { 'engines.kafka.brokers': 'kafka-1:9092,kafka-2:9092', publicUrl: 'https://brain.example', 'ingress.host': 'brain.example' };

/** @throws with what helm says when the values are refused */
export async function render(tools: GoTools, values: Readonly<Record<string, unknown>> = needed): Promise<string> {
  const given = Object.entries(values).flatMap(([name, value]) => ['--set-json', `${name}=${JSON.stringify(value)}`]);
  const { stdout } = await run(tools.helm, ['template', 'brain', chart, '--kube-version', kubernetesVersion, ...given], { maxBuffer: 1 << 24 });
  return stdout;
}

export function manifestsOf(rendered: string): Manifest[] {
  return parseAllDocuments(rendered).map((document) => document.toJS() as Manifest | null).filter((manifest) => manifest !== null);
}

/** What kubeconform says of it: nothing when every object is as the API describes it, field by field. */
export async function complaints(tools: GoTools, schemas: string, rendered: string): Promise<string> {
  const checking = run(tools.kubeconform, ['-strict', '-schema-location', schemas, '-kubernetes-version', kubernetesVersion, '-'], { maxBuffer: 1 << 24 });
  checking.child.stdin?.end(rendered);
  return checking.then(
    ({ stdout }) => stdout,
    (error: unknown) => (error as { readonly stdout: string }).stdout,
  );
}
