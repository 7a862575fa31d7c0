import { z } from 'zod';
import { personal } from '../personal-data/personal-mark.js';
import { areaCode, availability, code } from '../values.js';

/**
 * The live workload of one person (工作负荷). `load` = sum of case weights ÷ capacity: weight 1, 1.5 within
 * the last quarter of a case's time, 2 overdue, times 1.5 when CRITICAL, 1.25 when MAJOR; above 1 is overload. Published on `staff.workload`.
 */
export const staffWorkload = z.object({
  staffId: z.uuid(),
  name: personal(z.string(), 'person', 'staffId'),
  areaCodes: z.array(areaCode),
  availability,
  activity: z.enum(['free', 'dispatched', 'on-site']),
  openCases: z.int().min(0),
  overdueCases: z.int().min(0),
  dueWithinHour: z.int().min(0),
  load: z.number().min(0),
  updatedAt: code,
});
export type StaffWorkload = z.infer<typeof staffWorkload>;
