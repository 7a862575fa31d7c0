import { SetMetadata } from '@nestjs/common';
import type { Role } from '@brain/contracts';

export const ROUTE_ACCESS = 'brain:route-access';

/** Who may call a route. Every route says it, itself or by its controller; one that does not is refused to everybody. */
export type RouteAccess =
  | { readonly to: 'everybody' }
  | { readonly to: 'signed-in'; readonly because: string }
  | { readonly to: 'roles'; readonly roles: readonly Role[] }
  | { readonly to: 'roles-of-command'; readonly parameter: string; readonly roles: Readonly<Record<string, readonly Role[]>> };

const access = (given: RouteAccess): ClassDecorator & MethodDecorator => SetMetadata(ROUTE_ACCESS, given);

/** This route or controller needs no token. On a method, it and the next three replace what the controller says. */
export const Public = (): ClassDecorator & MethodDecorator => access({ to: 'everybody' });

/** One of these roles is needed. */
export const Roles = (...roles: readonly Role[]): ClassDecorator & MethodDecorator => access({ to: 'roles', roles });

/** A parameter of the path names the command, and each command has its roles; a command that there is not is for the handler to refuse. */
export const RolesOfCommand = (parameter: string, roles: Readonly<Record<string, readonly Role[]>>): MethodDecorator =>
  access({ to: 'roles-of-command', parameter, roles });

/** Every signed-in account, with any role or none. The reason is documentation. */
export const AnyRole = (because: string): ClassDecorator & MethodDecorator => access({ to: 'signed-in', because });

/** The roles that a call needs; null: any. */
export function rolesNeeded(given: Exclude<RouteAccess, { to: 'everybody' }>, parameters: Readonly<Record<string, unknown>>): readonly Role[] | null {
  switch (given.to) {
    case 'signed-in':
      return null;
    case 'roles':
      return given.roles;
    case 'roles-of-command': {
      const command = String(parameters[given.parameter]);
      return Object.hasOwn(given.roles, command) ? (given.roles[command] ?? []) : [...new Set(Object.values(given.roles).flat())];
    }
  }
}
