import { createServer, type RequestListener, type Server } from 'node:http';
import { Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { freePort } from '@brain/testing';
import { GrantsInMemory, type Kept } from './grants-in-memory.js';
import { newSigningKey, type SigningJwk } from './key-pair.js';

export interface OidcClient {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly signedOutUri: string;
}

/** What the provider says of a person, by subject. */
export type People = Map<string, Readonly<Record<string, unknown>>>;

/** The organisation's identity provider: a real OIDC server on a port of its own, whose keys and people can change. */
export class OidcServer {
  readonly people: People = new Map();
  key: SigningJwk = newSigningKey();
  /** Puts another ID token into the next answers of the token endpoint. */
  forge: ((idToken: string, key: SigningJwk) => string) | undefined;
  /** As when the machine is gone: connections break. */
  isGone = false;
  private readonly kept: Kept = new Map();
  private answer: RequestListener;

  private constructor(
    readonly issuer: string,
    private readonly client: OidcClient,
    private readonly server: Server,
  ) {
    this.answer = this.provider();
    server.on('request', (request, response) => {
      if (this.isGone) request.destroy();
      else this.answer(request, response);
    });
  }

  static async start(client: OidcClient): Promise<OidcServer> {
    const port = await freePort();
    const server = createServer();
    const provider = new OidcServer(`http://127.0.0.1:${port}`, client, server);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return provider;
  }

  /** Signs with a new key from now on; the old one is no longer published. What was granted stays granted. */
  rotateKey(): void {
    this.key = newSigningKey();
    this.answer = this.provider();
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private provider(): RequestListener {
    const provider = new Provider(this.issuer, this.configuration());
    provider.use(async (ctx: KoaContextWithOIDC, next) => {
      await next();
      const body = ctx.body as { id_token?: string } | undefined;
      if (ctx.path !== '/token' || this.forge === undefined || body?.id_token === undefined) return;
      ctx.body = { ...body, id_token: this.forge(body.id_token, this.key) };
    });
    const answer = provider.callback();
    return (request, response) => void answer(request, response);
  }

  private configuration(): Configuration {
    const { clientId, clientSecret, redirectUri, signedOutUri } = this.client;
    return {
      clients: [
        {
          client_id: clientId,
          client_secret: clientSecret,
          redirect_uris: [redirectUri],
          post_logout_redirect_uris: [signedOutUri],
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        },
      ],
      jwks: { keys: [this.key] },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'realm_access', 'areas', 'staff_id'] },
      adapter: (kind) => new GrantsInMemory(kind, this.kept),
      cookies: { keys: ['only-for-tests'] },
      pkce: { required: () => true },
      features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
      issueRefreshToken: () => Promise.resolve(true),
      rotateRefreshToken: true,
      ttl: { AccessToken: 300, AuthorizationCode: 60, IdToken: 300, Interaction: 300, Session: 3600, Grant: 3600, RefreshToken: 3600 },
      findAccount: (_ctx, sub) => {
        const claims = this.people.get(sub);
        return claims === undefined ? undefined : { accountId: sub, claims: () => ({ sub, ...claims }) };
      },
    };
  }
}
