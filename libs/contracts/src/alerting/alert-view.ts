import type { Reading } from '../telemetry/telemetry-message.v1.js';
import type { Location, Severity } from '../values.js';

export const ALERT_STATES = ['ACTIVE_UNACK', 'ACTIVE_ACK', 'CLEARED_UNACK', 'CLEARED_ACK'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** An alert as the API and the socket show it. */
export interface AlertView {
  readonly alertId: string;
  readonly ruleId: string;
  readonly title: string;
  readonly deviceId: string;
  /** Whose device it is; absent or null: nobody's. */
  readonly wearerId?: string | null;
  readonly deviceName: string;
  readonly areaCode: string;
  readonly location: Location | null;
  readonly severity: Severity;
  readonly state: AlertState;
  readonly raisedAt: string;
  readonly updatedAt: string;
  readonly clearedAt: string | null;
  readonly acknowledgedBy: string | null;
  readonly assigneeId: string | null;
  readonly occurrences: number;
  readonly reading: Reading;
  readonly caseId: string | null;
  readonly revision: number;
}
