/** Topics of the message bus. `key` says what keeps its order. */
export const TOPICS = {
  /** key: deviceId; value: TelemetryMessage */
  readings: 'telemetry.readings',
  /** key: deviceId or client id; value: RefusedMessage */
  refused: 'telemetry.refused',
  /** key: stream id; value: the event's data, CloudEvents headers */
  gridEvents: 'grid.events',
  deviceEvents: 'devices.events',
  alertingEvents: 'alerting.events',
  caseEvents: 'cases.events',
  evaluationEvents: 'evaluations.events',
  auditEvents: 'audit.events',
  /** key: staffId; value: StaffWorkload, the newest counts */
  workload: 'staff.workload',
} as const;
export type Topic = (typeof TOPICS)[keyof typeof TOPICS];
