/** Something the person at the keyboard can put right: shown as one line, exit 1. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartError';
  }
}
