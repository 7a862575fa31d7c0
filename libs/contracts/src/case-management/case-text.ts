import type { z } from 'zod';
import { personal } from '../personal-data/personal-mark.js';

/** What somebody wrote about a case: whoever it speaks of is known by the case alone. Stands beside `caseId`. */
export function caseText<Schema extends z.ZodType>(schema: Schema): Schema {
  return personal(schema, 'case', 'caseId');
}
