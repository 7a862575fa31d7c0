import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { logKeyRotatedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { aborted, BackgroundTask, Clock, Commands, LOGGER, newCorrelationId } from '@brain/service-kit';
import { openKeyRotation, parseVerifierKey } from '@brain/verifiable-log';
import type { Logger } from 'pino';
import { LOG_KEYS_STREAM, logKeysDecider, type LogKeyStep } from './domain/log-keys.decider.js';
import { LogFolder } from './log-folder.js';
import { readLogKeys } from './log-keys.js';
import { LOG_SETTINGS, type LogSettings } from './log-settings.js';

const codec = createEventCodec([logKeyRotatedV1]);

/** A change of the key is an event. The stream says which were told: a restart, or two processes, tell none twice. */
@Injectable()
export class TellLogKeys implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task: BackgroundTask;
  /** Statements that need no second look. */
  private told = 0;

  constructor(
    @Inject(LOG_SETTINGS) private readonly settings: LogSettings,
    @Inject(LOGGER) logger: Logger,
    private readonly folder: LogFolder,
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {
    this.task = new BackgroundTask('log-keys', logger, async (signal, healthy) => {
      while (!signal.aborted) {
        await this.look();
        healthy();
        await aborted(signal, settings.keysLookMs);
      }
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
  }

  private async look(): Promise<void> {
    const statements = await this.folder.keyRotations();
    if (statements.length === this.told) return;
    const steps = await this.inEffect(statements);
    const now = this.clock.now();
    const correlationId = newCorrelationId();
    const circumstances = { actor: { type: 'system', id: 'log-keys' }, time: now, correlationId, causationId: correlationId } as const;
    await this.commands.runFor(codec, logKeysDecider, LOG_KEYS_STREAM, { steps, now }, circumstances);
    this.told = steps.length;
  }

  /** A statement lies there before its key does: up to the last whose key signs, they have followed. */
  private async inEffect(statements: readonly string[]): Promise<readonly LogKeyStep[]> {
    const signing = new Set((await readLogKeys(this.settings)).map(({ vkey }) => vkey));
    const rotations = statements.map(openKeyRotation);
    const last = rotations.findLastIndex(({ next }) => signing.has(next));
    return rotations
      .slice(0, last + 1)
      .map(({ origin, previous, next }) => ({ origin, previousKeyId: parseVerifierKey(previous).keyId, nextKeyId: parseVerifierKey(next).keyId, vkey: next }));
  }
}
