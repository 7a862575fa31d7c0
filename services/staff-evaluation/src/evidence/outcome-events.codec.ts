import {
  caseBecameOverdueV1,
  caseClosedV1,
  caseDispatchedV1,
  caseExtendedV1,
  caseMergedV1,
  caseReassignedV1,
  caseReopenedV1,
  caseReportedV1,
  caseResumedV1,
  caseSentBackV1,
  caseSuspendedV1,
  caseVoidedV1,
} from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';

/** The case events that indicators are computed from. */
export const outcomeCodec = createEventCodec([
  caseReportedV1,
  caseDispatchedV1,
  caseSentBackV1,
  caseReassignedV1,
  caseExtendedV1,
  caseSuspendedV1,
  caseResumedV1,
  caseClosedV1,
  caseReopenedV1,
  caseVoidedV1,
  caseMergedV1,
  caseBecameOverdueV1,
]);
