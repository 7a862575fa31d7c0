import {
  alertAcknowledgedV1,
  alertAssignedV1,
  alertCaseLinkedV1,
  alertClearedV1,
  alertCommentedV1,
  alertRaisedV1,
  alertRecurredV1,
  alertWearerErasedV1,
  TOPICS,
} from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { foldAlert, isAlertOpen } from './domain/alert-view.js';
import { viewTable } from './view-table.js';

export const alertNowProjection = viewTable({
  name: 'alert_now',
  topic: TOPICS.alertingEvents,
  codec: createEventCodec([
    alertRaisedV1,
    alertRecurredV1,
    alertAcknowledgedV1,
    alertClearedV1,
    alertAssignedV1,
    alertCommentedV1,
    alertCaseLinkedV1,
    alertWearerErasedV1,
  ]),
  idColumn: 'alert_id',
  idField: 'alertId',
  fold: foldAlert,
  isOpen: isAlertOpen,
  erasure: 'AlertWearerErased',
  columns: (view) => ({ area_code: view.areaCode }),
});
