import { isPassingFault } from '@brain/contracts';
import type { Logger } from 'pino';

const EVERY_MS = 60_000;

interface Outage {
  toldAt: number;
  /** Who failed by it since the last line, and how often. */
  readonly more: Map<string, number>;
}

/**
 * One line a minute for each cause, however many loops fail by it and however often they try: an engine that is away is
 * one outage, not one for each who misses it. What is no outage of an engine is told with its stack, the first time.
 */
export class OutageLog {
  private readonly outages = new Map<string, Outage>();

  constructor(
    private readonly logger: Logger,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param who a loop, or a connection that is made again */
  failed(who: string, error: unknown, message: string): void {
    const cause = causeOf(who, error);
    const known = this.outages.get(cause);
    if (known !== undefined && this.now() - known.toldAt < EVERY_MS) {
      known.more.set(who, (known.more.get(who) ?? 0) + 1);
      return;
    }
    const told = isPassingFault(error) ? { reason: reasonOf(error) } : { err: error };
    this.logger.warn({ who, ...told, ...(known === undefined ? {} : moreOf(known)) }, message);
    this.outages.set(cause, { toldAt: this.now(), more: new Map() });
    this.forgetOld();
  }

  private forgetOld(): void {
    for (const [cause, { toldAt }] of this.outages) if (this.now() - toldAt > 10 * EVERY_MS) this.outages.delete(cause);
  }
}

const logs = new WeakMap<Logger, OutageLog>();

/** The one of a process: it is known by the logger that all parts share. */
export function outageLog(logger: Logger): OutageLog {
  const log = logs.get(logger) ?? new OutageLog(logger);
  logs.set(logger, log);
  return log;
}

function causeOf(who: string, error: unknown): string {
  if (!isPassingFault(error)) return `${who}/${reasonOf(error)}`;
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'connection';
}

function reasonOf(error: unknown): string {
  return error instanceof Error || (typeof error === 'object' && error !== null && 'message' in error) ? String(error.message) : String(error);
}

function moreOf({ more }: Outage): { readonly more: number; readonly by: readonly string[] } {
  return { more: [...more.values()].reduce((sum, count) => sum + count, 0), by: [...more.keys()] };
}
