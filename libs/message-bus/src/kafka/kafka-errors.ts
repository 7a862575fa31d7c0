import { types } from 'node:util';
import { DomainError } from '@brain/contracts';

/** Protocol errors that mean: this member is no longer what the group thinks it is. */
const membershipErrors = ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID'];

const certificateErrors = [
  'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
];

/** What a caller gets: BUS_REFUSED when only a person can help, BUS_UNAVAILABLE when trying again later can. */
export function busError(error: unknown): unknown {
  const cause = originOf(error);
  if (!types.isNativeError(cause) || cause instanceof DomainError) return cause;
  const refused = refusal(cause);
  if (refused !== undefined) return new DomainError('BUS_REFUSED', refused);
  const type = protocolType(cause);
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return new DomainError('TOPIC_UNKNOWN', 'There is no such topic');
  if (type === 'MESSAGE_TOO_LARGE') return new DomainError('MESSAGE_TOO_LARGE', 'The record is larger than its topic takes');
  if (!isAboutKafka(cause)) return cause;
  return new DomainError('BUS_UNAVAILABLE', `Kafka cannot be reached: ${cause.message || cause.name}`);
}

/** Trying again will not help. */
export function isRefused(error: unknown): boolean {
  const told = busError(error);
  return told instanceof DomainError && told.code === 'BUS_REFUSED';
}

/** REBALANCE_IN_PROGRESS and its like; undefined for everything else. */
export function membershipError(error: unknown): string | undefined {
  const type = protocolType(originOf(error));
  return type !== undefined && membershipErrors.includes(type) ? type : undefined;
}

export function protocolType(error: unknown): string | undefined {
  return types.isNativeError(error) && 'type' in error && typeof error.type === 'string' ? error.type : undefined;
}

function refusal(error: Error): string | undefined {
  const { name, message } = error;
  if (name === 'KafkaJSSASLAuthenticationError') {
    return `Kafka refuses the sign-in (${message}): check the user name, the password and the SASL mechanism`;
  }
  if (protocolType(error)?.endsWith('_AUTHORIZATION_FAILED') === true) {
    return `Kafka does not allow it (${message}): give this user the rights listed in infra/kafka/README.md`;
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (certificateErrors.includes(code) || certificateErrors.some((known) => message.includes(known))) {
    return `The certificate of Kafka is refused (${code || message}): renew it, or give the CA file that signed it`;
  }
  return undefined;
}

/** The client wraps what happened once for every layer of retries. */
export function originOf(error: unknown): unknown {
  let origin = error;
  while (types.isNativeError(origin) && origin.name.startsWith('KafkaJS') && types.isNativeError(origin.cause)) {
    origin = origin.cause;
  }
  return origin;
}

function isAboutKafka(error: Error): boolean {
  return error.name.startsWith('KafkaJS') || 'syscall' in error || ('code' in error && typeof error.code === 'string');
}
