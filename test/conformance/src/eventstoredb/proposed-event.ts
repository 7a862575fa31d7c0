import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Proposed } from './record-log.js';
import { requiredMetadataMissing } from './rpc-errors.js';

type Message = streamsPb.AppendReq.ProposedMessage | streamsPb.BatchAppendReq.ProposedMessage;

export function proposedOf(message: Message): Proposed {
  const map = message.getMetadataMap();
  const [type, contentType] = [map.get('type'), map.get('content-type')];
  if (type === undefined) throw requiredMetadataMissing('type');
  if (contentType === undefined) throw requiredMetadataMissing('content-type');
  const id = message.getId()?.getString() ?? '';
  return { id, type, contentType, data: message.getData_asU8(), metadata: message.getCustomMetadata_asU8() };
}

/** What the server counts towards its largest append: text has two bytes a letter on its disk. */
export function sizeOf({ type, data, metadata }: Proposed): number {
  return data.length + metadata.length + type.length * 2;
}
