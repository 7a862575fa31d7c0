import type { ProblemDetails } from '@brain/contracts';
import { sayErased } from '../elements/erased.js';
import { renewSession } from '../session/renewal.js';
import { ApiError } from './api-error.js';

export type QueryValue = string | number | boolean | null | undefined;

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** The revision the user saw; the server refuses when it has moved on. */
  readonly revision?: number;
  readonly signal?: AbortSignal;
}

/** Called when the session ended under us. */
export const sessionEnded = new EventTarget();

/** One call to the gateway. The session is the http-only cookie; every write carries its own idempotency key. */
export async function request(path: string, options: RequestOptions = {}): Promise<unknown> {
  const text = await (await respond(path, 'application/json', options)).text();
  return text === '' ? null : (JSON.parse(text, sayErased) as unknown);
}

/** For what is no JSON, such as a signed note. */
export async function requestText(path: string, options: RequestOptions = {}): Promise<string> {
  return (await respond(path, 'text/plain', options)).text();
}

/** The answer as it comes, of the media type asked for; for what is too long to wait for its end. */
export async function respond(path: string, accept: string, options: RequestOptions = {}): Promise<Response> {
  const { method = 'GET', body, revision, signal } = options;
  const headers = new Headers({ accept });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET') headers.set('idempotency-key', newKey());
  if (revision !== undefined) headers.set('if-match', `"${revision}"`);
  const send = (): Promise<Response> =>
    fetch(path + queryString(options.query), {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store', // people's data, and a refusal of this minute: nothing for the browser to keep
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  let response = await send();
  // The token may have run out while the computer slept; the session behind it may still be open.
  if (response.status === 401 && path !== '/api/auth/login' && (await renewSession()) !== undefined) response = await send();
  if (!response.ok) throw await refusal(response);
  return response;
}

export function queryString(query: RequestOptions['query'] = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** `crypto.randomUUID` exists on secure origins only; a control room may well run on plain HTTP. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = await readProblem(response);
  if (problem.status === 401 && problem.code !== 'CREDENTIALS_WRONG') sessionEnded.dispatchEvent(new Event('ended'));
  return new ApiError(problem);
}

async function readProblem(response: Response): Promise<ProblemDetails> {
  try {
    const problem = (await response.json()) as Partial<ProblemDetails>;
    if (typeof problem.code === 'string') return { ...blank(response), ...problem };
  } catch {
    // Not JSON: an intermediary answered, its status is all we know.
  }
  return blank(response);
}

function blank({ status, statusText }: Response): ProblemDetails {
  return { type: 'about:blank', title: statusText, status, code: `HTTP_${status}`, detail: statusText };
}
