/** `person:0b1f…` → `erasure-person-0b1f…` */
export const erasureStream = (subject: string): string => `erasure-${subject.replace(':', '-')}`;
