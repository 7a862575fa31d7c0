import { types } from 'node:util';
import { DomainError } from '@brain/contracts';

/** SQLSTATE classes that speak of the server, not of what was asked: connection, resources, shutdown, system. */
const aboutTheServer = ['08', '53', '57', '58'];

/** What a caller gets: BUS_UNAVAILABLE when trying again later can help, anything else unchanged. */
export function busError(error: unknown): unknown {
  if (!types.isNativeError(error) || !isUnavailable(error)) return error;
  return new DomainError('BUS_UNAVAILABLE', `The message bus cannot be reached: ${error.message || error.name}`);
}

function isUnavailable(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // The driver's own errors (ECONNREFUSED, "Connection terminated", timeouts) carry no SQLSTATE.
  return code === undefined || !/^[0-9A-Z]{5}$/.test(code) || aboutTheServer.includes(code.slice(0, 2));
}
