/** What `domain/` folders may import: no driver, no framework, no clock. */
export type { ActorRef, DomainEvent } from '@brain/contracts';
export { DomainError } from '@brain/contracts';
export type { Decider } from './decider.js';
