import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AuditEvent } from '@brain/contracts';
import { NobodyWaits } from '@brain/service-kit';
import { csvHead, csvLine } from './event-csv.js';

export const LINE_TYPES = ['application/x-ndjson', 'text/csv'] as const;
export type LineType = (typeof LINE_TYPES)[number];

/** Waits for a slow reader; a failure in the middle ends the connection, so that a cut answer cannot pass for a whole one. */
export async function sendLines(response: Response, type: LineType, events: AsyncIterable<AuditEvent>): Promise<void> {
  response.setHeader('Content-Type', `${type}; charset=utf-8`);
  try {
    await pipeline(Readable.from(type === 'text/csv' ? csv(events) : ndjson(events)), response);
  } catch (error) {
    if (!isReaderGone(error)) throw error;
  }
}

/** Whoever reads has gone: nothing is wrong here. */
export function isReaderGone(error: unknown): boolean {
  return error instanceof NobodyWaits || (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE');
}

async function* ndjson(events: AsyncIterable<AuditEvent>): AsyncIterable<string> {
  for await (const event of events) yield `${JSON.stringify(event)}\n`;
}

async function* csv(events: AsyncIterable<AuditEvent>): AsyncIterable<string> {
  yield csvHead;
  for await (const event of events) yield csvLine(event);
}
