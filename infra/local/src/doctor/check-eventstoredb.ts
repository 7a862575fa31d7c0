import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { readFileSync } from 'node:fs';
import { clockFinding, judgeOf, type Finding } from './finding.js';

const judge = judgeOf('eventstoredb');
const ANSWER_WITHIN_MS = 5_000;
const OLDEST = [23, 10] as const;

/** What the server says of itself over HTTP, without signing in. */
export interface ServerInfo {
  readonly version: string;
  readonly clockOffsetMs: number;
  readonly roundTripMs: number;
}

export interface EventStoreDbFacts {
  /** Why the adapter cannot use the store; null when it can read `$all`. */
  readonly refusal: string | null;
  /** null: it does not answer at `/info`. */
  readonly info: ServerInfo | null;
}

/** Host, port and TLS of the first server in a connection string. */
export function httpAddressOf(url: string): { readonly href: string; readonly caFile?: string; readonly verify: boolean } {
  const [, hosts = '', query = ''] = /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)\/?(?:\?(.*))?$/.exec(url.trim()) ?? [];
  const options = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const [first = ''] = hosts.split(',');
  const host = first.includes(':') ? first : `${first}:2113`;
  const caFile = options.get('tlscafile');
  return {
    href: `${options.get('tls') === 'false' ? 'http' : 'https'}://${host}/info`,
    ...(caFile === undefined ? {} : { caFile }),
    verify: options.get('tlsverifycert') !== 'false',
  };
}

/** @returns null when nothing answers there, or something else than EventStoreDB */
export async function askInfo(url: string): Promise<ServerInfo | null> {
  const { href, caFile, verify } = httpAddressOf(url);
  const askedAt = Date.now();
  try {
    const { body, date } = await get(href, caFile, verify);
    const roundTripMs = Date.now() - askedAt;
    const { esVersion } = JSON.parse(body) as { esVersion?: unknown };
    if (typeof esVersion !== 'string') return null;
    // The header has whole seconds: half a second is added, and counted as uncertain.
    const clockOffsetMs = Number.isNaN(date) ? 0 : date + 500 - (askedAt + roundTripMs / 2);
    return { version: esVersion, clockOffsetMs, roundTripMs: roundTripMs + 1_000 };
  } catch {
    return null;
  }
}

function get(href: string, caFile: string | undefined, verify: boolean): Promise<{ readonly body: string; readonly date: number }> {
  const secure = href.startsWith('https:');
  const tls = secure ? { rejectUnauthorized: verify, ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }) } : {};
  return new Promise((resolve, reject) => {
    const request = (secure ? httpsRequest : httpRequest)(href, { timeout: ANSWER_WITHIN_MS, ...tls }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => resolve({ body: Buffer.concat(pieces).toString('utf8'), date: Date.parse(response.headers.date ?? '') }));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
    request.end();
  });
}

/** Pure. */
export function eventStoreDbFindings({ refusal, info }: EventStoreDbFacts): readonly Finding[] {
  return [
    refusal === null ? judge('rights', 'fine', 'this user may read $all') : judge('rights', 'wrong', refusal),
    ...(info === null ? [judge('version', 'unknown', 'it does not say its version at /info')] : infoFindings(info)),
    judge('free space', 'unknown', 'EventStoreDB tells only its operators how much is free: watch the disk at the server'),
  ];
}

function infoFindings({ version, clockOffsetMs, roundTripMs }: ServerInfo): readonly Finding[] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const isOld = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  return [
    isOld ? judge('version', 'wrong', `version ${version} is older than 23.10: upgrade the server`) : judge('version', 'fine', `version ${version}`),
    clockFinding(judge, clockOffsetMs, roundTripMs),
  ];
}
