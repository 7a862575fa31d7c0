import { commandRefusedOf, type AuditEvent, type StoryRefusal } from '@brain/contracts';
import { wireNameOf } from '@brain/event-store';

export const COMMAND_REFUSED: readonly string[] = Object.values(commandRefusedOf).map(wireNameOf);

/** What the path of a command calls the things whose events are a stream `<category>-<id>`. */
const CATEGORIES: Readonly<Record<string, string>> = {
  cases: 'case',
  alerts: 'alert',
  rules: 'rule',
  staff: 'staff',
  devices: 'device',
  evaluations: 'evaluation',
  accounts: 'account',
};

export function isRefusal({ type }: AuditEvent): boolean {
  return COMMAND_REFUSED.includes(type);
}

export function refusalIn({ data: { command, code, status } }: AuditEvent): StoryRefusal {
  return { command: String(command), code: String(code), status: Number(status) };
}

/** The stream that a refused command was meant for; undefined: none, or the command was for something new. */
export function meantFor(event: AuditEvent): string | undefined {
  const { command, target } = event.data;
  if (!isRefusal(event) || typeof command !== 'string' || typeof target !== 'string') return undefined;
  const category = CATEGORIES[/^[A-Z]+ \/api\/([\w-]+)\/:/.exec(command)?.[1] ?? ''];
  return category === undefined ? undefined : `${category}-${target.toLowerCase()}`;
}

/** As a refusal names its target: the stream without its category. */
export function targetOf(subject: string): string {
  return subject.slice(subject.indexOf('-') + 1);
}
