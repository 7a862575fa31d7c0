import type { StaffWorkload } from '@brain/contracts';

/** Heaviest first; among equals those who are here, then by name, so that rows do not jump. */
export function byLoad(a: StaffWorkload, b: StaffWorkload): number {
  return (
    b.load - a.load ||
    Number(b.availability === 'on-duty') - Number(a.availability === 'on-duty') ||
    a.name.localeCompare(b.name, 'zh-CN') ||
    a.staffId.localeCompare(b.staffId)
  );
}
