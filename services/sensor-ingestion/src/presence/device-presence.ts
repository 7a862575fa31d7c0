import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BackgroundTask, Clock, Commands, Database, LOGGER, aborted, newCorrelationId } from '@brain/service-kit';
import type { Logger } from 'pino';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { deviceCodec } from '../devices/device.codec.js';
import { deviceDecider } from '../devices/domain/device.decider.js';
import type { NoteDeviceOffline, NoteDeviceOnline } from '../devices/domain/device.commands.js';
import { deviceStream } from '../devices/domain/device.stream.js';
import { COME_ONLINE, GONE, SAVE_HEARD, SAVE_SEEN } from './presence.sql.js';

const MOST_AT_ONCE = 500;

/**
 * Who is online. A device goes offline when no process has held a connection of it for the grace time; after a
 * start nobody is declared offline before that time has passed, so that a restart of ours is no outage of theirs.
 */
@Injectable()
export class DevicePresence implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly held = new Map<string, number>();
  private readonly seenAt = new Map<string, number>();
  /** Through a broker; null: its last word was that it goes. */
  private readonly heardAt = new Map<string, number | null>();
  private readonly task: BackgroundTask;
  private readonly graceMs: number;
  private readonly everyMs: number;
  private readonly silenceMs: number;
  private savedAt = 0;
  private wake = new AbortController();

  constructor(
    @Inject(INGESTION_SETTINGS) settings: IngestionSettings,
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.graceMs = settings.INGESTION_OFFLINE_AFTER_SECONDS * 1000;
    this.silenceMs = settings.INGESTION_BROKER_SILENT_AFTER_SECONDS * 1000;
    this.everyMs = Math.min(this.graceMs / 4, 5_000);
    this.task = new BackgroundTask('presence', logger, (signal, healthy) => this.run(signal, healthy));
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.task.stop();
    await this.saveHeard().catch(() => undefined);
    await this.save().catch(() => undefined); // the next start waits for the grace time anyway
  }

  joined(deviceId: string): void {
    this.held.set(deviceId, (this.held.get(deviceId) ?? 0) + 1);
    this.seen(deviceId);
    this.wake.abort();
  }

  left(deviceId: string): void {
    const others = (this.held.get(deviceId) ?? 1) - 1;
    if (others > 0) this.held.set(deviceId, others);
    else this.held.delete(deviceId);
  }

  seen(deviceId: string): void {
    this.seenAt.set(deviceId, this.clock.millis());
  }

  /** A message through a broker, where we see no connections: it counts as online until it has been silent too long. */
  heard(deviceId: string): void {
    this.heardAt.set(deviceId, this.clock.millis());
  }

  /** It said that it goes, or the broker said so in its name. */
  silent(deviceId: string): void {
    this.heardAt.set(deviceId, null);
  }

  private async run(signal: AbortSignal, healthy: () => void): Promise<void> {
    const nobodyOfflineBefore = this.clock.millis() + this.graceMs;
    while (!signal.aborted) {
      this.wake = new AbortController();
      await this.save();
      const heard = await this.saveHeard();
      const here = [...this.held.keys(), ...heard];
      if (here.length > 0) await this.note('NoteDeviceOnline', COME_ONLINE, [here]);
      if (this.clock.millis() >= nobodyOfflineBefore) await this.note('NoteDeviceOffline', GONE, [this.graceMs, MOST_AT_ONCE]);
      healthy();
      await aborted(AbortSignal.any([signal, this.wake.signal]), this.everyMs);
    }
  }

  /** When devices were seen, and that we hold those that are connected. */
  private async save(): Promise<void> {
    this.savedAt = this.clock.millis();
    const seen = new Map(this.seenAt);
    this.seenAt.clear();
    const ids = [...new Set([...seen.keys(), ...this.held.keys()])];
    if (ids.length === 0) return;
    try {
      await this.database.query(SAVE_SEEN, [ids, ids.map((id) => seen.get(id) ?? null)]);
    } catch (error) {
      for (const [id, at] of seen) if (!this.seenAt.has(id)) this.seenAt.set(id, at);
      throw error;
    }
  }

  /** Gives those that are online by what they sent. */
  private async saveHeard(): Promise<string[]> {
    const heard = new Map(this.heardAt);
    this.heardAt.clear();
    if (heard.size === 0) return [];
    try {
      await this.database.query(SAVE_HEARD, [[...heard.keys()], [...heard.values()], this.silenceMs]);
    } catch (error) {
      for (const [id, at] of heard) if (!this.heardAt.has(id)) this.heardAt.set(id, at);
      throw error;
    }
    return [...heard].flatMap(([id, at]) => (at === null ? [] : [id]));
  }

  private async note(type: (NoteDeviceOnline | NoteDeviceOffline)['type'], query: string, parameters: readonly unknown[]): Promise<void> {
    const rows = await this.database.query<{ deviceId: string; areaCode: string }>(query, parameters);
    for (const { deviceId, areaCode } of rows) {
      // Thousands come at once after a restart: those that we hold must not look given up while we note the others.
      if (this.clock.millis() - this.savedAt >= this.everyMs) await this.save();
      if (type === 'NoteDeviceOffline' && this.held.has(deviceId)) continue; // back meanwhile
      const now = this.clock.now();
      const correlationId = newCorrelationId();
      await this.commands.runFor(deviceCodec, deviceDecider, deviceStream(deviceId), { type, deviceId, now } as const, {
        actor: { type: 'system', id: 'device-presence' },
        time: now,
        correlationId,
        causationId: correlationId,
        areaCode,
      });
    }
  }
}
