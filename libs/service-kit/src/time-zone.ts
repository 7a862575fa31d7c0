import { z } from 'zod';

/** `BRAIN_TIME_ZONE`, for everything that cuts days or shows times: the zone the installation lives in. */
export const timeZone = z.string().refine(isTimeZone, 'is no time zone such as Asia/Shanghai').default('Asia/Shanghai');

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
