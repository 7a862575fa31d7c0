import type {
  CaseAccepted,
  CaseBecameOverdue,
  CaseClosed,
  CaseCompleted,
  CaseDispatched,
  CaseErased,
  CaseExtended,
  CaseMerged,
  CaseRated,
  CaseReassigned,
  CaseReopened,
  CaseReported,
  CaseResumed,
  CaseReworkOrdered,
  CaseSentBack,
  CaseStarted,
  CaseSuspended,
  CaseVerified,
  CaseVoided,
} from '@brain/contracts';

export type CaseEvent =
  | CaseReported
  | CaseAccepted
  | CaseDispatched
  | CaseStarted
  | CaseSentBack
  | CaseReassigned
  | CaseCompleted
  | CaseVerified
  | CaseReworkOrdered
  | CaseClosed
  | CaseReopened
  | CaseExtended
  | CaseSuspended
  | CaseResumed
  | CaseVoided
  | CaseMerged
  | CaseRated
  | CaseBecameOverdue
  | CaseErased;
