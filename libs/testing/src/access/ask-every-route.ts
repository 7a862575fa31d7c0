import { randomUUID } from 'node:crypto';
import { CALLERS, type Caller, type RouteTable } from './routes-of.js';

/** A value for each parameter of a path that is no id. */
const PARAMETERS: Readonly<Record<string, string>> = { code: '440305', service: 'alerting', path: '0/000' };
/** Of a caller who is not let in. */
const SHUT_OUT = new Map<Caller | 'somebody', string>([['nobody', '401 TOKEN_MISSING'], ['somebody', '403 ROLE_NOT_ALLOWED']]);

export interface AskedService {
  readonly url: string;
  /** The `Authorization` header of somebody with this role, in area 440305. */
  authorizationOf(caller: Exclude<Caller, 'nobody'>): Promise<string>;
  /** What a public route needs of everybody, a cookie for one. */
  headersOf?(route: string): Readonly<Record<string, string>>;
}

/**
 * Calls every route of the table as every caller and answers who was let in, to be compared with the table. Let in is
 * whoever gets any answer but the refusal of callers like them: the thing asked about need not exist.
 */
export async function askEveryRoute(service: AskedService, table: RouteTable): Promise<RouteTable> {
  const answered: Record<string, readonly Caller[]> = {};
  for (const route of Object.keys(table)) {
    const letIn: Caller[] = [];
    for (const caller of CALLERS) if (await isLetIn(service, route, caller)) letIn.push(caller);
    answered[route] = letIn;
  }
  return answered;
}

/** The method and a path that the route takes. */
export function exampleAddress(route: string): readonly [method: string, path: string] {
  const [method = '', path = ''] = route.split(' ');
  return [method, path.replaceAll(/[:*](\w+)/g, (_, name: string) => PARAMETERS[name] ?? randomUUID())];
}

async function isLetIn(service: AskedService, route: string, caller: Caller): Promise<boolean> {
  const [method, address] = exampleAddress(route);
  const response = await fetch(`${service.url}${address}`, {
    method,
    redirect: 'manual',
    headers: {
      ...service.headersOf?.(route),
      ...(caller === 'nobody' ? {} : { authorization: await service.authorizationOf(caller) }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });
  const text = await response.text();
  if (response.status < 400) return true;
  const { code } = (text.startsWith('{') ? JSON.parse(text) : {}) as { readonly code?: string };
  if (response.status === 500 || (response.status === 404 && code === 'NOT_FOUND')) throw new Error(`${route} as ${caller}: ${String(response.status)} ${text}`);
  return `${String(response.status)} ${code ?? ''}` !== SHUT_OUT.get(caller === 'nobody' ? 'nobody' : 'somebody');
}
