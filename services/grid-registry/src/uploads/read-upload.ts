import { UnsupportedMediaTypeException } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import type { Request } from 'express';

export interface Upload {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A file sent as the body. Too large is read to its end and refused, so that the sender gets the answer. */
export async function readUpload(request: Request, accepted: readonly string[], maxBytes: number): Promise<Upload> {
  const mediaType = (request.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!accepted.includes(mediaType)) throw new UnsupportedMediaTypeException(`Send ${accepted.join(' or ')}`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) {
    throw new DomainError('IMPORT_TOO_LARGE', `The file has ${String(size)} bytes, at most ${String(maxBytes)} are taken`);
  }
  return { mediaType, bytes: Buffer.concat(chunks) };
}
