import { UnsupportedMediaTypeException } from '@nestjs/common';
import { DomainError } from '@brain/contracts';
import type { Request } from 'express';

const MAX_BYTES = 10 * 1024 * 1024;

/** A CSV sent as the body. Too large is read to its end and refused, so that the sender gets the answer. */
export async function readCsvUpload(request: Request): Promise<Uint8Array> {
  if (request.is('text/csv') === false) throw new UnsupportedMediaTypeException('Send text/csv');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  if (size > MAX_BYTES) throw new DomainError('IMPORT_TOO_LARGE', 'The file has more than 10 MiB');
  return Buffer.concat(chunks);
}
