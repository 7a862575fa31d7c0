import { DomainError } from '@brain/contracts';

const REMEDIES: Readonly<Record<string, string>> = {
  '28P01': 'the password is wrong: correct the connection string',
  '28000': 'the user may not log in: correct the connection string, or create the role',
  '3D000': 'the database does not exist: create it, or correct the connection string',
  '3F000': 'the tables of the readings are missing: let the owner of the database run the installation first',
  '42P01': 'the tables of the readings are missing: let the owner of the database run the installation first',
  '42501': 'the role has no right to the readings: name it in the installation',
};

/** TIME_SERIES_REFUSED with the remedy when the server answers but will not let us; else the error as it is. */
export function refusedBy(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const remedy = REMEDIES[error.code];
  return remedy === undefined ? error : new DomainError('TIME_SERIES_REFUSED', `The time series cannot be used, ${remedy} (${error.message})`);
}
