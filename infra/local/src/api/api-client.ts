import type { ProblemDetails } from '@brain/contracts';

/** The gateway refused: its problem details as they came. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: Partial<ProblemDetails>,
  ) {
    super(describe(status, problem));
    this.name = 'ApiRefusal';
  }
}

export interface SignIn {
  readonly username: string;
  readonly password: string;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly contentType?: string;
}

type Payload = string | Uint8Array<ArrayBuffer>;

/** A signed-in caller of the gateway's HTTP API. Signs in again when its token has expired. */
export class ApiClient {
  private token: string | undefined;

  constructor(
    readonly url: string,
    private readonly signIn: SignIn,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.request<T>('GET', path, undefined, {});
  }

  /** A string or bytes go as they are (give `contentType`), anything else as JSON. */
  post<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return this.request<T>('POST', path, body, options);
  }

  put<T>(path: string, body: unknown, options: RequestOptions = {}): Promise<T> {
    return this.request<T>('PUT', path, body, options);
  }

  delete<T>(path: string): Promise<T> {
    return this.request<T>('DELETE', path, undefined, {});
  }

  /** Every item of a paged list. */
  async *list<T>(path: string): AsyncIterable<T> {
    for (let cursor: string | null = ''; cursor !== null; ) {
      const separator = path.includes('?') ? '&' : '?';
      const next: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: { items: T[]; nextCursor: string | null } = await this.get(`${path}${separator}limit=500${next}`);
      yield* page.items;
      cursor = page.nextCursor;
    }
  }

  /** The bytes of an answer as they arrive, for long exports. */
  async stream(path: string, accept: string): Promise<ReadableStream<Uint8Array>> {
    const response = await this.send('GET', path, undefined, { accept });
    if (!response.ok || response.body === null) throw await refusal(response);
    return response.body;
  }

  private async request<T>(method: string, path: string, body: unknown, options: RequestOptions): Promise<T> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const headers: Record<string, string> = { ...options.headers };
    if (body !== undefined) headers['content-type'] = options.contentType ?? 'application/json';
    const payload = body === undefined ? undefined : raw ? (body as Payload) : JSON.stringify(body);
    const response = await this.send(method, path, payload, headers);
    if (!response.ok) throw await refusal(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  private async send(method: string, path: string, body: Payload | undefined, headers: Record<string, string>) {
    this.token ??= await this.login();
    const attempt = () =>
      fetch(this.url + path, {
        method,
        headers: { ...headers, authorization: `Bearer ${this.token ?? ''}` },
        ...(body === undefined ? {} : { body }),
      });
    const response = await attempt();
    if (response.status !== 401) return response;
    this.token = await this.login();
    return attempt();
  }

  private async login(): Promise<string> {
    const response = await fetch(`${this.url}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: this.signIn.username, password: this.signIn.password }),
    });
    if (!response.ok) throw await refusal(response);
    const { accessToken } = (await response.json()) as { accessToken: string };
    return accessToken;
  }
}

async function refusal(response: Response): Promise<ApiRefusal> {
  const text = await response.text();
  try {
    return new ApiRefusal(response.status, JSON.parse(text) as Partial<ProblemDetails>);
  } catch {
    return new ApiRefusal(response.status, { detail: text.slice(0, 500) });
  }
}

function describe(status: number, { code, detail, errors }: Partial<ProblemDetails>): string {
  const fields = (errors ?? []).map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  return `${code ?? `HTTP ${String(status)}`}: ${detail ?? 'no detail'}${fields}`;
}
