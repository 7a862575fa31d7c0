import type { Role } from '@brain/contracts';

/** Who may ask for an erasure, and who may agree: never the same person. */
export const MAY_ERASE: readonly Role[] = ['administrator', 'security-administrator', 'auditor'];
