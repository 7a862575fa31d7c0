import {
  alertAcknowledgedV1,
  alertAssignedV1,
  alertCaseLinkedV1,
  alertClearedV1,
  alertCommentedV1,
  alertRaisedV1,
  alertRecurredV1,
  alertWearerErasedV1,
  type AlertAcknowledged,
  type AlertAssigned,
  type AlertCaseLinked,
  type AlertCleared,
  type AlertCommented,
  type AlertRaised,
  type AlertRecurred,
  type AlertWearerErased,
} from '@brain/contracts';

export type AlertEvent =
  | AlertRaised
  | AlertRecurred
  | AlertCleared
  | AlertAcknowledged
  | AlertCommented
  | AlertAssigned
  | AlertCaseLinked
  | AlertWearerErased;

export const ALERT_CONTRACTS = [
  alertRaisedV1,
  alertRecurredV1,
  alertClearedV1,
  alertAcknowledgedV1,
  alertCommentedV1,
  alertAssignedV1,
  alertCaseLinkedV1,
  alertWearerErasedV1,
] as const;
