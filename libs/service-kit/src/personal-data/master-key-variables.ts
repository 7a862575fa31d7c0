import { z } from 'zod';

/** Where the master keys are; null: none were given. */
export type MasterKeyPlace = { readonly file: string } | { readonly text: string } | null;

/** The file is named, not read, at the start: a rotation adds a key to it while the service runs. */
export const masterKeyVariables = z
  .object({ BRAIN_MASTER_KEY: z.string().min(1).optional(), BRAIN_MASTER_KEY_FILE: z.string().min(1).optional() })
  .refine(({ BRAIN_MASTER_KEY: text, BRAIN_MASTER_KEY_FILE: file }) => text === undefined || file === undefined, {
    path: ['BRAIN_MASTER_KEY_FILE'],
    message: 'BRAIN_MASTER_KEY is set too; give one of them',
  });

export function toMasterKeyPlace({ BRAIN_MASTER_KEY: text, BRAIN_MASTER_KEY_FILE: file }: z.output<typeof masterKeyVariables>): MasterKeyPlace {
  if (file !== undefined) return { file };
  return text === undefined ? null : { text };
}
