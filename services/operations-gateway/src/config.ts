import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { areaCode } from '@brain/contracts';
import { parseConfig } from '@brain/service-kit';

const seconds = z.coerce.number().int().min(1);
const count = z.coerce.number().int().min(1);
const upstream = z.url({ protocol: /^https?$/ });

/** The private half of the installation's key pair. The file's content must not show up in any message. */
const signingKey = z.string().transform((path, context) => {
  try {
    return privateJwk.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    context.addIssue('is not a readable file with a private Ed25519 JWK');
    return z.NEVER;
  }
});
const privateJwk = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string(),
});

const scopeList = z
  .string()
  .transform((text) => text.split(',').map((code) => code.trim()).filter((code) => code !== ''))
  .pipe(z.array(z.union([areaCode, z.literal('*')])));

export const loadConfig = (env: NodeJS.ProcessEnv) =>
  parseConfig(
    'GATEWAY',
    {
      GATEWAY_SIGNING_KEY_FILE: signingKey,
      GATEWAY_SESSION_SECONDS: seconds.default(28_800),
      /** The public address is https although this process speaks http: a TLS proxy is in front. */
      GATEWAY_COOKIE_SECURE: z.stringbool().default(false),
      GATEWAY_SIGN_IN_ATTEMPTS: count.default(10),
      GATEWAY_SIGN_IN_WINDOW_SECONDS: seconds.default(300),
      GATEWAY_FIRST_ACCOUNTS_FILE: z.string().min(1).optional(),
      GATEWAY_FIRST_ACCOUNTS_AREAS: scopeList.default(['*']),
      GATEWAY_UPSTREAM_GRID: upstream.optional(),
      GATEWAY_UPSTREAM_INGESTION: upstream.optional(),
      GATEWAY_UPSTREAM_ALERTING: upstream.optional(),
      GATEWAY_UPSTREAM_CASES: upstream.optional(),
      GATEWAY_UPSTREAM_EVALUATION: upstream.optional(),
      GATEWAY_UPSTREAM_AUDIT: upstream.optional(),
      GATEWAY_UPSTREAM_MQTT_WS: z.url({ protocol: /^(ws|http)$/ }).optional(),
      GATEWAY_UPSTREAM_TIMEOUT_SECONDS: seconds.default(120),
      GATEWAY_BODY_LIMIT_BYTES: count.default(10 * 1024 * 1024),
      GATEWAY_DASHBOARD_DIR: z.string().min(1).optional(),
      GATEWAY_CHANNEL_BUFFER: count.default(2_000),
      GATEWAY_CHANNEL_IDLE_SECONDS: seconds.default(900),
      GATEWAY_SOCKET_BACKLOG: count.default(1_000),
    },
    { GATEWAY_HTTP_HOST: '0.0.0.0', GATEWAY_HTTP_PORT: '8080', ...env },
  );
export type GatewayConfig = ReturnType<typeof loadConfig>;
