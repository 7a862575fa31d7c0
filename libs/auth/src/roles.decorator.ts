import { SetMetadata } from '@nestjs/common';
import type { Role } from '@brain/contracts';

export const ROLES_ALLOWED = 'brain:roles';

/** One of these roles is needed; on a method it replaces what the controller says. */
export const Roles = (...roles: readonly Role[]): ClassDecorator & MethodDecorator => SetMetadata(ROLES_ALLOWED, roles);
