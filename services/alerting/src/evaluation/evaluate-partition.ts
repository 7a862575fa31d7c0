import { Inject, Injectable } from '@nestjs/common';
import { ALERTING_SETTINGS, type AlertingSettings } from '../config.js';
import { DeviceCopies, type DeviceCopy } from '../copies/device-copies.js';
import { RulesInForce } from '../rules/rules-in-force.js';
import { SuspendRules } from '../rules/suspend-rules.js';
import type { DeviceState } from './device-state.js';
import { evaluateReading, type EvaluationSettings } from './evaluate-reading.js';
import { EvaluationStore, type DeviceSample } from './evaluation-store.js';
import type { PartitionMemory } from './partition-memory.js';
import type { ReceivedMessage } from './received-message.js';
import { RecordFindings, type FoundInMessage } from './record-findings.js';

export interface PartitionEvaluation {
  /** Devices whose state is to be saved. */
  readonly devices: readonly DeviceState[];
  readonly samples: readonly DeviceSample[];
}

/** Evaluates messages of one partition in their order and records what was found. */
@Injectable()
export class EvaluatePartition {
  private readonly settings: EvaluationSettings;

  constructor(
    private readonly store: EvaluationStore,
    private readonly rules: RulesInForce,
    private readonly copies: DeviceCopies,
    private readonly findings: RecordFindings,
    private readonly suspend: SuspendRules,
    @Inject(ALERTING_SETTINGS) settings: AlertingSettings,
  ) {
    this.settings = {
      recurrenceMs: settings.ALERTING_RECURRENCE_SECONDS * 1000,
      wasClearedByPerson: (alertId) => rules.wasClearedByPerson(alertId),
      stopwatch: () => performance.now(),
    };
  }

  async run(memory: PartitionMemory, messages: readonly ReceivedMessage[]): Promise<PartitionEvaluation> {
    await this.rules.ready();
    const scoped = messages.filter((message) => this.rules.rulesFor(message).length > 0);
    const deviceIds = [...new Set(scoped.map(({ deviceId }) => deviceId))];
    const [copies] = await Promise.all([this.copies.get(deviceIds), this.remember(memory, deviceIds)]);

    const found: FoundInMessage[] = [];
    const samples: DeviceSample[] = [];
    for (const message of scoped) this.evaluateMessage(memory, message, copies.get(message.deviceId), found, samples);
    await this.findings.record(found);
    return { devices: deviceIds.flatMap((id) => memory.devices.get(id) ?? []), samples };
  }

  /** A message may carry several readings; their own times give the order. */
  private evaluateMessage(
    memory: PartitionMemory,
    message: ReceivedMessage,
    copy: DeviceCopy | undefined,
    found: FoundInMessage[],
    samples: DeviceSample[],
  ): void {
    const { deviceId, kind, areaCode, wearerId = null } = message;
    const state = memory.devices.get(deviceId);
    if (state === undefined) throw new Error(`State of device ${deviceId} was not loaded`);
    state.wornBy(wearerId);
    const device = { deviceId, name: copy?.name ?? deviceId, kind, areaCode };
    for (const reading of message.readings.toSorted((a, b) => a.ts - b.ts)) {
      const rules = this.rules.rulesFor(message);
      const result = evaluateReading(state, rules, reading, device, this.settings);
      for (const finding of result.findings) found.push({ finding, message, device: copy });
      for (const sample of result.samples) samples.push({ deviceId, ...sample });
      for (const rule of result.overBudget) this.suspend.suspend(rule, message);
    }
  }

  /** Loads the devices not yet in memory. What a person cleared while we did not look counts as cleared. */
  private async remember(memory: PartitionMemory, deviceIds: readonly string[]): Promise<void> {
    const missing = deviceIds.filter((id) => !memory.devices.has(id));
    if (missing.length === 0) return;
    const loaded = await this.store.load(missing);
    const active = loaded.flatMap((state) => state.activeAlerts());
    const cleared = await this.findings.clearedByPerson(active);
    for (const state of loaded) {
      state.startAnewAfter(cleared);
      memory.devices.set(state.deviceId, state);
    }
  }
}
