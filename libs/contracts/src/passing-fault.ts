import { isDomainError } from './problem.js';

/** Our own codes for an engine that does not answer. */
const ENGINE_AWAY = new Set(['BUS_UNAVAILABLE', 'EVENT_STORE_UNAVAILABLE', 'MASTER_KEYS_UNAVAILABLE']);
const NETWORK = /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)UNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** SQLSTATE classes that speak of the server: connection, resources, shutdown, system. A cancelled query (57014) is about the query. */
const SERVER_STATE = /^(08|53|57|58)(?!014)[0-9A-Z]{3}$/;
/** No space on the disk, or in the quota of a user: PostgreSQL's, and that of our own files. */
const STORAGE_FULL = /^(53100|ENOSPC|EDQUOT)$/;
/** The driver of PostgreSQL gives these no code. */
const DRIVER = /^(Connection (terminated|ended)|Client (has encountered a connection error|was closed)|timeout exceeded when trying to connect)/;

/**
 * Whether a failure says that an engine is away or overwhelmed just now, and nothing about what was asked of it:
 * the same will work when the engine is back.
 */
export function isPassingFault(error: unknown): boolean {
  if (isDomainError(error)) return ENGINE_AWAY.has(error.code);
  if (!isErrorShaped(error)) return false;
  if (typeof error.code === 'string') return NETWORK.test(error.code) || SERVER_STATE.test(error.code) || STORAGE_FULL.test(error.code);
  return DRIVER.test(String(error.message));
}

/** Whether there was no space to store it. */
export function isStorageFull(error: unknown): boolean {
  return isErrorShaped(error) && typeof error.code === 'string' && STORAGE_FULL.test(error.code);
}

/** By shape, not by class: an error of the network may come from another realm, as all do under test. */
function isErrorShaped(error: unknown): error is { readonly message: unknown; readonly code?: unknown } {
  return typeof error === 'object' && error !== null && 'message' in error;
}
