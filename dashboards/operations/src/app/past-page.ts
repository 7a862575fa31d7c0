import type { Role } from '@brain/contracts';

/** What is shown here is not now. */
export const PAST_PATH = '/past';
export const PAST_ROLES: readonly Role[] = ['administrator', 'operator', 'evaluator', 'auditor'];
