import { areaCode, targetId, type ActorRef } from '@brain/contracts';
import type { KitRequest } from '../request-context.js';

/** Who asked; nobody we know without a valid sign-in. */
export function actorRefOf({ actor }: Pick<KitRequest, 'actor'>): ActorRef {
  return { type: 'user', id: actor?.id ?? 'anonymous' };
}

/** The route with the names of its ids, `/api/cases/:caseId/dispatch`: other parameters (the name of a command) are filled in. */
export function routeOf(request: KitRequest): string | undefined {
  const template: unknown = (request.route as { readonly path?: unknown } | undefined)?.path;
  if (typeof template !== 'string') return request.routePrefix;
  return template.replaceAll(/:(\w+)/g, (whole, name: string) => {
    const value = request.params[name];
    return isIdName(name) || typeof value !== 'string' || !/^[a-z][a-z-]{0,40}$/.test(value) ? whole : value;
  });
}

/** The id in the path, if it looks like one of ours; the innermost when there are several. */
export function targetOf({ params }: Pick<KitRequest, 'params'>): string | null {
  const ids = Object.entries(params).filter(([name]) => isIdName(name));
  return targetId.safeParse(ids.at(-1)?.[1]).data ?? null;
}

/** The area a request names, in its path, its query or its body. */
export function areaOf({ params, query, body }: Pick<KitRequest, 'params' | 'query' | 'body'>): string | null {
  const given: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const several: readonly unknown[] = Array.isArray(given.areaCodes) ? given.areaCodes : [];
  const named = [params.code, query.areaCode, query.area, given.areaCode, ...(several.length === 1 ? several : [])];
  return named.map((one) => areaCode.safeParse(one).data).find((code) => code !== undefined) ?? null;
}

/** Names alone: what somebody searched for may be personal itself. */
export function filtersOf({ query }: Pick<KitRequest, 'query'>): string[] {
  const names = Object.keys(query).filter((name) => /^[\w.-]{1,40}$/.test(name) && !PAGING.has(name));
  return names.sort().slice(0, 30);
}

const PAGING = new Set(['limit', 'cursor', 'after', 'order']);

function isIdName(name: string): boolean {
  return name === 'id' || name === 'code' || name.endsWith('Id');
}
