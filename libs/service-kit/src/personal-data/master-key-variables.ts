import type { TransitPlace } from '@brain/event-store';
import { z } from 'zod';

type KeyRing = { readonly file: string } | { readonly text: string };

/** Where the master keys are; null: none were given. `older`: what was wrapped before a KMS was there. */
export type MasterKeyPlace = KeyRing | { readonly kms: TransitPlace; readonly older: KeyRing | null } | null;

const WITH_KMS = ['BRAIN_MASTER_KEY_KMS_TOKEN_FILE'] as const;
const ONLY_WITH_KMS = ['BRAIN_MASTER_KEY_KMS_TOKEN_FILE', 'BRAIN_MASTER_KEY_KMS_CA_FILE', 'BRAIN_MASTER_KEY_KMS_NAMESPACE'] as const;

/** The files are named, not read, at the start: a rotation adds a key, and a token is renewed, while the service runs. */
export const masterKeyVariables = z
  .object({
    BRAIN_MASTER_KEY: z.string().min(1).optional(),
    BRAIN_MASTER_KEY_FILE: z.string().min(1).optional(),
    /** An OpenBao or HashiCorp Vault with a Transit engine. */
    BRAIN_MASTER_KEY_KMS_URL: z.url({ protocol: /^https?$/ }).optional(),
    BRAIN_MASTER_KEY_KMS_MOUNT: z.string().regex(/^[\w-]+(\/[\w-]+)*$/).default('transit'),
    BRAIN_MASTER_KEY_KMS_KEY: z.string().regex(/^[\w-]{1,64}$/).default('community-brain'),
    BRAIN_MASTER_KEY_KMS_TOKEN_FILE: z.string().min(1).optional(),
    BRAIN_MASTER_KEY_KMS_CA_FILE: z.string().min(1).optional(),
    BRAIN_MASTER_KEY_KMS_NAMESPACE: z.string().min(1).optional(),
    BRAIN_MASTER_KEY_KMS_TIMEOUT_MS: z.coerce.number().int().min(1).default(5_000),
  })
  .superRefine((given, context) => {
    const wrong = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (given.BRAIN_MASTER_KEY !== undefined && given.BRAIN_MASTER_KEY_FILE !== undefined) wrong('BRAIN_MASTER_KEY_FILE', 'BRAIN_MASTER_KEY is set too; give one of them');
    const hasKms = given.BRAIN_MASTER_KEY_KMS_URL !== undefined;
    if (hasKms) for (const name of WITH_KMS) if (given[name] === undefined) wrong(name, 'is needed with BRAIN_MASTER_KEY_KMS_URL');
    if (!hasKms) for (const name of ONLY_WITH_KMS) if (given[name] !== undefined) wrong('BRAIN_MASTER_KEY_KMS_URL', `is needed with ${name}`);
  });

/** Those that may come as a file like every variable. The key itself may too, but its file is read again whenever it changes. */
export const masterKeySettings = Object.keys(masterKeyVariables.shape).filter((name) => name !== 'BRAIN_MASTER_KEY' && name !== 'BRAIN_MASTER_KEY_FILE');

export function toMasterKeyPlace(given: z.output<typeof masterKeyVariables>): MasterKeyPlace {
  const older = keyRingOf(given);
  const { BRAIN_MASTER_KEY_KMS_URL: url, BRAIN_MASTER_KEY_KMS_TOKEN_FILE: tokenFile } = given;
  if (url === undefined || tokenFile === undefined) return older;
  const kms: TransitPlace = {
    url,
    tokenFile,
    mount: given.BRAIN_MASTER_KEY_KMS_MOUNT,
    key: given.BRAIN_MASTER_KEY_KMS_KEY,
    caFile: given.BRAIN_MASTER_KEY_KMS_CA_FILE,
    namespace: given.BRAIN_MASTER_KEY_KMS_NAMESPACE,
    timeoutMs: given.BRAIN_MASTER_KEY_KMS_TIMEOUT_MS,
  };
  return { kms, older };
}

/** @throws ZodError */
export function masterKeyPlaceOf(env: NodeJS.ProcessEnv): MasterKeyPlace {
  return toMasterKeyPlace(masterKeyVariables.parse(env));
}

function keyRingOf({ BRAIN_MASTER_KEY: text, BRAIN_MASTER_KEY_FILE: file }: z.output<typeof masterKeyVariables>): KeyRing | null {
  if (file !== undefined) return { file };
  return text === undefined ? null : { text };
}
