import type { Role } from './values.js';

/** Everybody who works with what happens in the areas. The security administrator does not: that role is for accounts alone. */
const WORKING = ['administrator', 'operator', 'grid-worker', 'evaluator', 'auditor'] as const satisfies readonly Role[];

/**
 * Which roles read what, within the areas of the account. Routes, the topics of the socket and the pages of the
 * dashboard all take it from here, so a screen never offers what its reader is refused.
 */
export const READERS = {
  alert: WORKING,
  case: WORKING,
  workload: ['administrator', 'operator', 'evaluator', 'auditor'],
  device: ['administrator', 'operator', 'grid-worker', 'auditor'],
  reading: ['administrator', 'operator', 'auditor'],
  /** What came in and was refused, and how much: payloads may hold readings. */
  ingestion: ['administrator', 'operator', 'auditor'],
  deadLetter: ['administrator', 'operator'],
  staff: ['administrator', 'operator', 'evaluator', 'auditor'],
  /** Who may be on the register: everybody of them reads their own entry and sets their own availability. */
  ownStaff: WORKING,
  /** Id, name and post: whom an account speaks for. */
  staffName: ['security-administrator'],
  rule: ['administrator', 'operator', 'evaluator', 'auditor'],
  scheme: ['administrator', 'operator', 'evaluator', 'auditor'],
  evaluation: ['evaluator', 'auditor'],
  /** The events that happened, their proofs and evidence packages. */
  record: ['evaluator', 'auditor'],
  /** The entries of the log are the events of all areas. */
  logEntry: ['auditor'],
  /** The control room of an earlier moment. */
  room: ['administrator', 'operator', 'evaluator', 'auditor'],
  account: ['security-administrator'],
  /** Id and name: whose accounts did what the record says. */
  accountName: ['auditor'],
} as const satisfies Readonly<Record<string, readonly Role[]>>;

