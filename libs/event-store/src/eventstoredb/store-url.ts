/** What a connection string says, as the client reads it. */
export interface StoreUrl {
  /** Without TLS the client sends no credentials at all. */
  readonly isTls: boolean;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  readonly hosts: readonly StoreHost[];
  readonly caFile: string | undefined;
  /** For the client: one scheme, and no option that it only warns about, for its warnings repeat the URL and its password. */
  readonly text: string;
}

export interface StoreHost {
  readonly address: string;
  readonly port: number;
}

const DEFAULT_PORT = 2113;
const WHOLE = /^(?:esdb|kurrentdb)(?<discover>\+discover)?:\/\/(?:(?<user>[^:@/,]+):(?<password>[^@]+)@)?(?<hosts>[^?/@]+)\/?(?:\?(?<options>.+))?$/;
const HOST = /^(?<address>[^\s:$+!*'();[\]{}|"%~#<>=&]+)(?::(?<port>\d{1,5}))?$/;

/** By their names without case, `-` and `_`, as the client compares them. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  usercertfile: /./,
  userkeyfile: /./,
  connectionname: /./,
  tlscafile: /./,
  maxdiscoverattempts: /^\d+$/,
  defaultdeadline: /^\d+$/,
  discoveryinterval: /^\d+$/,
  gossiptimeout: /^\d+$/,
  keepaliveinterval: /^-?\d+$/,
  keepalivetimeout: /^-?\d+$/,
  nodepreference: /^(leader|follower|read[-_]?only[-_]?replica|random)$/i,
  tls: /^(true|false)$/,
  throwonappendfailure: /^(true|false)$/,
};

/** Undefined: the client could not use it. Nothing is said of why, for the reason would repeat what may be secret. */
export function readStoreUrl(given: string): StoreUrl | undefined {
  const parts = WHOLE.exec(given.trim())?.groups;
  if (parts === undefined) return undefined;
  const hosts = (parts.hosts ?? '').split(',').map(hostOf);
  const options = (parts.options ?? '').split('&').filter((option) => option !== '').map(optionOf);
  if (hosts.includes(undefined) || options.includes(undefined)) return undefined;
  if (![parts.user, parts.password].every((text) => text === undefined || isDecodable(text))) return undefined;
  const kept = options.filter((option) => option !== undefined).filter(({ key }) => key in OPTIONS);
  const valueOf = (key: string) => kept.find((option) => option.key === key)?.value;
  const caFile = valueOf('tlscafile');
  const credentials = credentialsOf(parts.user, parts.password);
  return {
    isTls: valueOf('tls') !== 'false',
    credentials,
    hosts: hosts.filter((host) => host !== undefined),
    caFile: caFile === undefined ? undefined : decodeURIComponent(caFile),
    text: textOf(parts, credentials, kept),
  };
}

function hostOf(text: string): StoreHost | undefined {
  const { address, port } = HOST.exec(text.trim())?.groups ?? {};
  if (address === undefined) return undefined;
  const number = port === undefined ? DEFAULT_PORT : Number(port);
  return number > 0 && number < 65_536 ? { address, port: number } : undefined;
}

interface Option {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

function optionOf(text: string): Option | undefined {
  const [, name, value] = /^([^=?]+)=([^?]+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined || !isDecodable(value)) return undefined;
  const key = name.trim().toLowerCase().replaceAll(/[_-]/g, '');
  const pattern = OPTIONS[key];
  return pattern === undefined || pattern.test(value.trim()) ? { key, name, value: value.trim() } : undefined;
}

function credentialsOf(user: string | undefined, password: string | undefined): StoreUrl['credentials'] {
  if (user === undefined || password === undefined) return undefined;
  return { username: decodeURIComponent(user), password: decodeURIComponent(password) };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The password with all its letters encoded: the client takes what follows a second colon for nothing. */
function textOf(parts: Record<string, string | undefined>, credentials: StoreUrl['credentials'], options: readonly Option[]): string {
  const { discover = '', hosts = '' } = parts;
  const user = credentials && `${encodeURIComponent(credentials.username)}:${encodeURIComponent(credentials.password)}@`;
  const query = options.map(({ name, value }) => `${name}=${value}`).join('&');
  return `esdb${discover}://${user ?? ''}${hosts}${query === '' ? '' : `?${query}`}`;
}
