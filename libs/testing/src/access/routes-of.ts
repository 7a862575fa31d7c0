import 'reflect-metadata';
import { RequestMethod, type DynamicModule, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ROUTE_ACCESS, type RouteAccess } from '@brain/auth';
import { ROLES, type Role } from '@brain/contracts';

/** A person with one role, or somebody who is not signed in. */
export const CALLERS = [...ROLES, 'nobody'] as const;
export type Caller = Role | 'nobody';
/** Who may call each route: `GET /api/cases` → callers in the order of CALLERS. */
export type RouteTable = Readonly<Record<string, readonly Caller[]>>;

/** What the controllers of a module say of every route. Fails when a route has no decision. */
export function routesOf(module: DynamicModule): RouteTable {
  const table: Record<string, readonly Caller[]> = {};
  for (const controller of controllersOf(module)) {
    for (const [route, access, where] of routesOfController(controller)) {
      if (access === undefined) throw new Error(`${where}: nobody decided who may call ${route}: @Roles, @RolesOfCommand, @AnyRole or @Public`);
      for (const [path, callers] of callersOf(route, access)) table[path] = CALLERS.filter((caller) => callers.includes(caller));
    }
  }
  return table;
}

function controllersOf(module: DynamicModule): readonly Type[] {
  const imported = (module.imports ?? []).flatMap((one) => (typeof one === 'object' && 'module' in one ? controllersOf(one) : []));
  return [...(module.controllers ?? []), ...imported];
}

function routesOfController(controller: Type): readonly (readonly [route: string, access: RouteAccess | undefined, where: string])[] {
  // By descriptors: a getter of the controller is not called.
  const members = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype as object));
  return members.flatMap(([name, { value }]: readonly [string, PropertyDescriptor]) => {
    const handler: unknown = value;
    if (name === 'constructor' || typeof handler !== 'function') return [];
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const access = (Reflect.getMetadata(ROUTE_ACCESS, handler) ?? Reflect.getMetadata(ROUTE_ACCESS, controller)) as RouteAccess | undefined;
    return pathsOf(controller).flatMap((prefix) =>
      pathsOf(handler).map((path) => [`${RequestMethod[method]} ${joined(prefix, path)}`, access, `${controller.name}.${name}`] as const),
    );
  });
}

function pathsOf(target: object): readonly string[] {
  const paths = Reflect.getMetadata(PATH_METADATA, target) as string | readonly string[];
  return typeof paths === 'string' ? [paths] : paths;
}

function joined(...parts: readonly string[]): string {
  return `/${parts.map((part) => part.replaceAll(/^\/+|\/+$/g, '')).filter((part) => part !== '').join('/')}`;
}

/** A route with a command in its path is a route for each command. */
function callersOf(route: string, access: RouteAccess): readonly (readonly [path: string, callers: readonly Caller[]])[] {
  switch (access.to) {
    case 'everybody':
      return [[route, CALLERS]];
    case 'signed-in':
      return [[route, ROLES]];
    case 'roles':
      return [[route, access.roles]];
    case 'roles-of-command':
      return Object.entries(access.roles).map(([command, roles]) => [route.replace(`:${access.parameter}`, command), roles]);
  }
}
