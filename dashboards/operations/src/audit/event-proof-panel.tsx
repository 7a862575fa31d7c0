import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '@brain/contracts';
import { getProof } from '../api/audit.js';
import { problemOf } from '../api/api-error.js';
import { Failure } from '../elements/failure.js';
import { Waiting } from '../elements/waiting.js';
import { saveFile } from './export-events.js';
import { ProofCheck } from './proof-check.js';

/** Asked for when it is looked at; one that is not there yet is asked for again by itself. */
export function EventProofPanel({ event }: { readonly event: AuditEvent }): ReactNode {
  const { t } = useTranslation();
  const { eventId } = event;
  const found = useQuery({ queryKey: ['audit', 'proof', eventId], queryFn: () => getProof(eventId), retry: false, refetchInterval: ({ state }) => (isPending(state.error) ? secondsOf(state.error) * 1000 : false) });
  if (isPending(found.error)) return <p role="status">{t('audit.proofSoon', { seconds: secondsOf(found.error) })}</p>;
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Waiting />;
  const { leafIndex, treeSize, proof, entry } = found.data;
  return (
    <div data-testid="audit-proof" className="audit-proof">
      <p>{t('audit.proofPlace', { leaf: leafIndex.toLocaleString(), size: treeSize.toLocaleString() })}</p>
      <ProofCheck event={event} proof={found.data} />
      <p>
        <Button onClick={() => saveFile(new Blob([proof], { type: 'text/plain' }), `${eventId}.tlog-proof`)}>{t('audit.proofSave')}</Button>{' '}
        <Button onClick={() => saveFile(new Blob([entry], { type: 'application/json' }), `${eventId}.json`)}>{t('audit.entrySave')}</Button>
      </p>
      <pre className="payload">{proof}</pre>
    </div>
  );
}

function isPending(error: unknown): boolean {
  return error !== null && problemOf(error).code === 'PROOF_NOT_YET';
}

function secondsOf(error: unknown): number {
  const { retryAfterSeconds } = problemOf(error) as { readonly retryAfterSeconds?: unknown };
  return typeof retryAfterSeconds === 'number' && retryAfterSeconds > 0 ? Math.ceil(retryAfterSeconds) : 1;
}
