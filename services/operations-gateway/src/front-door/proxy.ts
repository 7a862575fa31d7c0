import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { DomainError } from '@brain/contracts';
import { requestHeaders, responseHeaders } from './proxy-headers.js';

export interface ProxyOptions {
  /** Largest request body. */
  readonly bodyLimitBytes: number;
  /** Longest silence of the service before and within its answer. */
  readonly timeoutMs: number;
}

/** Passes a request to a service and its answer back, both streamed: a long NDJSON answer costs no memory here. */
export class Proxy {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 256 });

  constructor(private readonly options: ProxyOptions) {}

  /**
   * Settles when the answer is through.
   * @throws DomainError SERVICE_UNAVAILABLE, BODY_TOO_LARGE, as long as no answer has begun
   */
  async pass(request: Request, response: Response, upstream: URL, token: string | undefined, correlationId: string): Promise<void> {
    const limit = this.options.bodyLimitBytes;
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);

    const outgoing = httpRequest({
      agent: this.agent,
      hostname: upstream.hostname,
      port: upstream.port,
      method: request.method,
      path: pathOf(request),
      headers: requestHeaders(request, token, correlationId),
    });
    outgoing.setTimeout(this.options.timeoutMs, () => outgoing.destroy(new Error('timed out')));
    // The caller went away: the service need not finish its answer.
    response.once('close', () => outgoing.destroy());

    const answered = answerOf(outgoing);
    const sent = pipeline(request, new BodyLimit(limit), outgoing);
    const answer = await firstOutcome(answered, sent);
    response.writeHead(answer.statusCode ?? 502, responseHeaders(answer.headers));
    await pipeline(answer, response);
  }

  close(): void {
    this.agent.destroy();
  }
}

/** The path that was looked at to choose the service and to check the caller, not what a caller may have written around it. */
function pathOf({ path, originalUrl }: Request): string {
  const at = originalUrl.indexOf('?');
  return at < 0 ? path : `${path}${originalUrl.slice(at)}`;
}

function answerOf(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', resolve);
    outgoing.once('error', reject);
    outgoing.once('close', () => reject(new Error('closed')));
  });
}

/** A service may answer before it has read the whole body; a body that fails first decides the outcome. */
async function firstOutcome(answered: Promise<IncomingMessage>, sent: Promise<void>): Promise<IncomingMessage> {
  const bodyFailed = new Promise<never>((_, reject) => void sent.catch(reject));
  try {
    return await Promise.race([answered, bodyFailed]);
  } catch (error) {
    answered.catch(() => undefined);
    if (error instanceof DomainError) throw error;
    throw new DomainError('SERVICE_UNAVAILABLE', 'The service does not answer now, try again');
  }
}

class BodyLimit extends Transform {
  private seen = 0;

  constructor(private readonly limit: number) {
    super();
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.seen += chunk.length;
    if (this.seen > this.limit) done(tooLarge(this.limit));
    else done(null, chunk);
  }
}

function tooLarge(limit: number): DomainError {
  const message = `has at most ${limit} bytes`;
  return new DomainError('BODY_TOO_LARGE', `A body ${message}`, [{ path: 'body', message }]);
}
