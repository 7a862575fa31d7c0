import { DomainError } from '@brain/contracts';

/** A token that counts no longer. Its signature was ours, so the record may say whose it was; the answer does not. */
export class TokenRefused extends DomainError {
  constructor(
    code: string,
    message: string,
    /** Undefined: nothing that can be believed says so. */
    readonly actorId: string | undefined,
  ) {
    super(code, message);
  }
}
