import { AccessDeniedError, isCommandError, MaxAppendSizeExceededError, StreamDeletedError, UnavailableError } from '@eventstore/db-client';
import { DomainError, isDomainError } from '@brain/contracts';

const RESOURCE_EXHAUSTED = 8;
const UNIMPLEMENTED = 12;
const UNAVAILABLE = 14;
const NOT_TRUSTED = /certificate|self.signed|unable to verify|altnames|ERR_TLS|CERT_|ERR_SSL|wrong version number/i;

/** The client's errors in our codes. What is none of these passes: `EVENT_STORE_UNAVAILABLE`. */
export function faultOf(error: unknown): DomainError {
  if (isDomainError(error)) return error;
  if (!(error instanceof Error)) return unavailable(String(error));
  if (error instanceof AccessDeniedError) {
    return refused('EventStoreDB refuses these credentials', 'give a user who may append to streams and read $all in BRAIN_EVENTSTOREDB_URL');
  }
  if (error instanceof StreamDeletedError) return new DomainError('STREAM_DELETED', `${error.streamName} was deleted from the event store`);
  if ((error instanceof UnavailableError || codeOf(error) === UNAVAILABLE) && isNotTrusted(error.message)) return notTrusted(error.message);
  if (codeOf(error) === UNIMPLEMENTED) {
    return refused('What answers at BRAIN_EVENTSTOREDB_URL is not EventStoreDB', 'name the HTTP port of EventStoreDB 23.10 or newer, or of KurrentDB');
  }
  return tooLarge(error) ?? unavailable(error.message);
}

export function isPassing(fault: DomainError): boolean {
  return fault.code === 'EVENT_STORE_UNAVAILABLE';
}

export function unavailable(reason: string): DomainError {
  return new DomainError('EVENT_STORE_UNAVAILABLE', `The event store does not answer: ${reason}`);
}

export function isNotTrusted(message: string): boolean {
  return NOT_TRUSTED.test(message);
}

export function notTrusted(message: string): DomainError {
  return refused(
    `There is no trusted connection to EventStoreDB (${message})`,
    'renew its certificate, name the authority by tlsCAFile=…, or say tls=false where it has none, in BRAIN_EVENTSTOREDB_URL',
  );
}

export function refused(what: string, remedy: string): DomainError {
  return new DomainError('EVENT_STORE_REFUSED', `${what}: ${remedy}`);
}

function tooLarge(error: Error): DomainError | undefined {
  const limit = error instanceof MaxAppendSizeExceededError ? error.maxAppendSize : sayingEventSize(error);
  if (limit !== undefined) return new DomainError('EVENT_TOO_LARGE', `EventStoreDB stores at most ${String(limit)} bytes at once`);
  if (codeOf(error) !== RESOURCE_EXHAUSTED) return undefined;
  return new DomainError('EVENT_TOO_LARGE', `EventStoreDB does not take so much at once: ${error.message}`);
}

/** Newer servers limit each event too; the client has no name for that answer yet. */
function sayingEventSize(error: Error): string | undefined {
  const trailers = isCommandError(error) ? error._raw?.metadata.getMap() : undefined;
  return trailers?.['exception'] === 'maximum-append-event-size-exceeded' ? String(trailers['maximum-append-event-size']) : undefined;
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}
