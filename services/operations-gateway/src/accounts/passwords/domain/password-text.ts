export const LEAST_CHARACTERS = 12;
/** Argon2 takes far more; nobody types more, and what is looked at has to end somewhere. */
export const MOST_CHARACTERS = 256;
/** A shorter user name is in many a good password by chance. */
const LEAST_OF_NAME = 3;

/** Dates, telephone numbers, numbers of identity cards, and numbers that sound like words. */
const DIGITS_ALONE = /^[\d\s-]+$/;

export type PasswordFault = 'PASSWORD_TOO_SHORT' | 'PASSWORD_TOO_LONG' | 'PASSWORD_HAS_USERNAME' | 'PASSWORD_COMMON';

/**
 * Unicode writes one letter in several ways (é, full-width digits of a Chinese keyboard), and which one is sent depends
 * on the device: all of them are one password.
 */
export function normalisedPassword(password: string): string {
  return password.normalize('NFKC');
}

/** Undefined: nothing wrong that the text itself shows. Blanks at either end do not count. */
export function textFaultOf(password: string, username: string): PasswordFault | undefined {
  const text = normalisedPassword(password);
  // By letters as people count them in one, not by the halves that JavaScript stores some in.
  if (Array.from(text.trim()).length < LEAST_CHARACTERS) return 'PASSWORD_TOO_SHORT';
  if (Array.from(text).length > MOST_CHARACTERS) return 'PASSWORD_TOO_LONG';
  if (containsName(text.toLowerCase(), normalisedPassword(username).trim().toLowerCase())) return 'PASSWORD_HAS_USERNAME';
  return DIGITS_ALONE.test(text) ? 'PASSWORD_COMMON' : undefined;
}

function containsName(password: string, username: string): boolean {
  return username.includes(password.trim()) || (Array.from(username).length >= LEAST_OF_NAME && password.includes(username));
}
