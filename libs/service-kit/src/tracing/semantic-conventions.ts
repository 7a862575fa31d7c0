/**
 * Names of the OpenTelemetry semantic conventions, 1.38. Those of messaging are still in development, so they are
 * pinned here: a newer version of a package does not rename what dashboards ask for.
 * https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/
 */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/1.38.0';

export const SERVICE_NAME = 'service.name';
export const MESSAGING_SYSTEM = 'messaging.system';
export const MESSAGING_OPERATION_NAME = 'messaging.operation.name';
export const MESSAGING_OPERATION_TYPE = 'messaging.operation.type';
export const MESSAGING_DESTINATION_NAME = 'messaging.destination.name';
export const MESSAGING_DESTINATION_PARTITION_ID = 'messaging.destination.partition.id';
export const MESSAGING_CONSUMER_GROUP_NAME = 'messaging.consumer.group.name';
export const MESSAGING_BATCH_MESSAGE_COUNT = 'messaging.batch.message_count';
export const MESSAGING_MESSAGE_CONVERSATION_ID = 'messaging.message.conversation_id';
export const ERROR_TYPE = 'error.type';
export const HTTP_REQUEST_METHOD = 'http.request.method';
export const URL_PATH = 'url.path';
export const HTTP_RESPONSE_STATUS_CODE = 'http.response.status_code';
