import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { areaCode, VARIABLE_PREFIX } from '@brain/contracts';
import { ConfigurationError, parseConfig, parseRateLimit, timeZone } from '@brain/service-kit';

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

/** The address alone: paths of this door begin at its root. */
const origin = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine(({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '', 'is an address without a path')
  .transform((url) => url.origin);

/** Proxies in front of this door: only their word about the client's address counts. As Express takes them. */
const proxies = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()).filter((one) => one !== ''))
  .pipe(z.array(z.union([z.enum(['loopback', 'linklocal', 'uniquelocal']), z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])));

/** As ThingsBoard writes it: `200:1,6000:60`, or `off`. */
const rateLimit = z.string().transform((text, context) => {
  const limits = parseRateLimit(text);
  if (limits !== undefined) return limits;
  context.addIssue('is not a list like 200:1,6000:60, nor off');
  return z.NEVER;
});

const issuer = z.url({ protocol: /^https?$/ });
const claim = z.string().min(1);

/** Needed as soon as people sign in with the organisation's accounts. */
const OIDC_NEEDS = ['GATEWAY_PUBLIC_URL', 'GATEWAY_OIDC_ISSUER', 'GATEWAY_OIDC_CLIENT_ID', 'GATEWAY_OIDC_CLIENT_SECRET'] as const;

export function loadConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const config = parseGateway(env);
  const missing = config.GATEWAY_AUTH === 'local' ? [] : OIDC_NEEDS.filter((name) => config[name] === undefined);
  if (missing.length > 0) throw new ConfigurationError(missing.map((name) => `${name}: is needed with GATEWAY_AUTH=${config.GATEWAY_AUTH}`));
  return config;
}

const parseGateway = (env: NodeJS.ProcessEnv) =>
  parseConfig(
    VARIABLE_PREFIX['operations-gateway'],
    {
      GATEWAY_SIGNING_KEY_FILE: signingKey,
      BRAIN_TIME_ZONE: timeZone,
      GATEWAY_SESSION_SECONDS: seconds.default(28_800),
      /** However often a session is renewed, it ends after this. */
      GATEWAY_SESSION_MAX_SECONDS: seconds.default(86_400),
      /** The public address is https although this process speaks http: a TLS proxy is in front. */
      GATEWAY_COOKIE_SECURE: z.stringbool().default(false),
      GATEWAY_TRUSTED_PROXIES: proxies.default([]),
      GATEWAY_SIGN_IN_ATTEMPTS: count.default(10),
      GATEWAY_SIGN_IN_WINDOW_SECONDS: seconds.default(300),
      /** How people sign in: our accounts, the organisation's identity provider, or either. */
      GATEWAY_AUTH: z.enum(['local', 'oidc', 'both']).default('local'),
      /** Where browsers find this door. */
      GATEWAY_PUBLIC_URL: origin.optional(),
      GATEWAY_OIDC_ISSUER: issuer.optional(),
      /** Where this process finds the provider's description, when that is not at the issuer's own address. */
      GATEWAY_OIDC_DISCOVERY_URL: issuer.optional(),
      GATEWAY_OIDC_CLIENT_ID: z.string().min(1).optional(),
      GATEWAY_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
      GATEWAY_OIDC_SCOPES: z.string().regex(/(^| )openid( |$)/, 'contains openid').default('openid profile'),
      GATEWAY_OIDC_ROLES_CLAIM: claim.default('roles'),
      GATEWAY_OIDC_AREAS_CLAIM: claim.default('areas'),
      GATEWAY_OIDC_STAFF_CLAIM: claim.default('staff_id'),
      GATEWAY_OIDC_TOKEN_SECONDS: seconds.default(300),
      GATEWAY_OIDC_GRACE_SECONDS: z.coerce.number().int().min(0).default(900),
      GATEWAY_OIDC_CLOCK_TOLERANCE_SECONDS: z.coerce.number().int().min(0).max(600).default(30),
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
      /** Subscriptions of one connection, and of one account over all its connections. */
      GATEWAY_SUBSCRIBE_LIMIT: rateLimit.default([{ count: 30, seconds: 30 }]),
      /** Live connections of one account. */
      GATEWAY_SOCKETS_OF_ACCOUNT: count.default(200),
      GATEWAY_SUBSCRIBE_ACCOUNT_LIMIT: rateLimit.default([{ count: 120, seconds: 30 }]),
    },
    { GATEWAY_HTTP_HOST: '0.0.0.0', GATEWAY_HTTP_PORT: '8080', ...env },
  );
export type GatewayConfig = ReturnType<typeof parseGateway>;
