import { DomainError, isDomainError } from '@brain/contracts';

/** PostgreSQL's codes for "I am here, and you may not": waiting does not mend them. */
const POSTGRES_REMEDIES: Readonly<Record<string, string>> = {
  '28P01': 'the password is wrong: check the database URL and the role of this service',
  '28000': 'this role may not sign in: check the database URL and pg_hba.conf',
  '3D000': 'the database does not exist: run the provisioning first',
  '3F000': 'the schema does not exist: run the provisioning first',
  '42P01': 'a table does not exist: run the provisioning first',
  '42501': 'this role may not use what it needs: run the provisioning again',
};

/**
 * What cannot be mended by waiting, as a refusal with its remedy; undefined for an engine that is merely not there yet.
 * An adapter says so itself with a code that ends in `_REFUSED`.
 */
export function refusalOf(engine: string, error: unknown): DomainError | undefined {
  if (isDomainError(error)) return error.code.endsWith('_REFUSED') ? error : undefined;
  const remedy = error instanceof Error && 'code' in error ? POSTGRES_REMEDIES[String(error.code)] : undefined;
  if (remedy === undefined || !(error instanceof Error)) return undefined;
  return new DomainError(`${engine.toUpperCase().replaceAll('-', '_')}_REFUSED`, `${error.message}; ${remedy}`);
}
