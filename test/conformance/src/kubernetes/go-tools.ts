import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const cache = path.resolve(import.meta.dirname, '../../.cache/kubernetes');

const HELM = { module: 'helm.sh/helm/v3', program: 'cmd/helm', version: 'v3.19.0' };
const KUBECONFORM = { module: 'github.com/yannh/kubeconform', program: 'cmd/kubeconform', version: 'v0.7.0' };
/** The release whose API descriptions the chart is checked against. */
const KUBERNETES = { module: 'k8s.io/kubernetes', version: 'v1.34.1' };

export const kubernetesVersion = KUBERNETES.version.slice(1);

export interface GoTools {
  readonly helm: string;
  readonly kubeconform: string;
  /** Kubernetes' own description of its API. */
  readonly openApi: string;
  /** Beside the tools, for what is made from them. */
  readonly folder: string;
}

/** Builds the tools from their Go modules, once per version. @throws when Go or a module is missing: nothing is skipped */
export async function goTools(): Promise<GoTools> {
  await mkdir(cache, { recursive: true });
  const { stdout } = await run('go', ['mod', 'download', '-json', `${KUBERNETES.module}@${KUBERNETES.version}`], { cwd: cache, maxBuffer: 1 << 24 });
  const { Dir: sources } = JSON.parse(stdout) as { readonly Dir: string };
  return {
    helm: await build(HELM),
    kubeconform: await build(KUBECONFORM),
    openApi: path.join(sources, 'api/openapi-spec/swagger.json'),
    folder: cache,
  };
}

async function build({ module, program, version }: typeof HELM): Promise<string> {
  const folder = path.join(cache, version);
  const binary = path.join(folder, path.basename(program));
  // go writes the binary when it is whole, so what exists can be used.
  if (!existsSync(binary)) await run('go', ['install', `${module}/${program}@${version}`], { env: { ...process.env, GOBIN: folder }, maxBuffer: 1 << 24 });
  return binary;
}
