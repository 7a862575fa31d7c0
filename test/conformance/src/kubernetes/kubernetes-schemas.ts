import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

type Schema = Record<string, unknown>;
interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}
interface OpenApi {
  readonly definitions: Record<string, Schema>;
}

/** What the API takes as a number or a string, and says of it only that it is a string. */
const NUMBER_OR_STRING = new Set(['io.k8s.apimachinery.pkg.util.intstr.IntOrString', 'io.k8s.apimachinery.pkg.api.resource.Quantity']);

/**
 * Kubernetes' OpenAPI as kubeconform reads it: a JSON Schema file per kind, in which a field that is not described
 * is an error. @returns kubeconform's --schema-location
 */
export async function writeSchemas(openApi: string, folder: string): Promise<string> {
  const { definitions } = JSON.parse(await readFile(openApi, 'utf8')) as OpenApi;
  await mkdir(folder, { recursive: true });
  const strict = Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, NUMBER_OR_STRING.has(name) ? { type: ['number', 'string'] } : strictly(schema)]));
  await writeFile(path.join(folder, 'definitions.json'), JSON.stringify({ definitions: strict }));
  for (const [name, schema] of Object.entries(definitions)) {
    for (const kind of kindsOf(schema)) {
      await writeFile(path.join(folder, fileOf(kind)), JSON.stringify({ $ref: `definitions.json#/definitions/${name}` }));
    }
  }
  return path.join(folder, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
}

function strictly(schema: Schema): Schema {
  const referring = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/definitions/', 'definitions.json#/definitions/') : value,
  ) as Schema;
  return 'properties' in referring && !('additionalProperties' in referring) ? { ...referring, additionalProperties: false } : referring;
}

function kindsOf(schema: Schema): readonly GroupVersionKind[] {
  return (schema['x-kubernetes-group-version-kind'] as readonly GroupVersionKind[] | undefined) ?? [];
}

/** The name that kubeconform's template above makes of an apiVersion and a kind. */
function fileOf({ group, version, kind }: GroupVersionKind): string {
  return `${[kind, ...(group === '' ? [] : [group.split('.')[0]]), version].join('-').toLowerCase()}.json`;
}
