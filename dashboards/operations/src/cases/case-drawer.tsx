import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getCase, type CaseDetail } from '../api/cases.js';
import { EvidenceButton } from '../audit/evidence-button.js';
import { Failure } from '../elements/failure.js';
import { History } from '../elements/history.js';
import { SeverityTag } from '../elements/severity-tag.js';
import { Waiting } from '../elements/waiting.js';
import { momentOf } from '../room/moment-of.js';
import { useCommands, useRoom, useRoomState } from '../room/room.js';
import { TodayLink } from '../room/today-link.js';
import { CaseCommands } from './case-commands-bar.js';
import { CaseFacts } from './case-facts.js';
import './cases.css';
import { CaseStateTag } from './case-state-tag.js';
import { Deadline } from './deadline.js';

export function CaseDrawer({ caseId, onClose }: { readonly caseId: string | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const commands = useCommands();
  return (
    <Drawer open={caseId !== null} onClose={onClose} size="min(44rem, 94vw)" destroyOnHidden title={t('shell.cases')} extra={<EvidenceButton about={caseId === null || commands === null ? undefined : `cases/${caseId}`} />} data-testid="case-drawer">
      {caseId !== null && <CaseView caseId={caseId} />}
    </Drawer>
  );
}

function CaseView({ caseId }: { readonly caseId: string }): ReactNode {
  const found = useCase(caseId);
  if (found.error !== null) return <Failure error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Waiting />;
  return <CaseContent one={found.data} />;
}

/** The case with its history, loaded again as soon as the room says it has moved: on, or in the past back too. */
function useCase(caseId: string) {
  const client = useQueryClient();
  const room = useRoom();
  const inRoom = useRoomState((state) => state.cases.get(caseId)?.revision);
  const past = room.time === 'past';
  const queryKey = past ? ['case', caseId, room.as, inRoom] : ['case', caseId];
  const found = useQuery({
    queryKey,
    queryFn: () => getCase(caseId, momentOf(room)),
    // In the past a revision is not yet a moment: two looks at it need not be the same.
    ...(past ? { staleTime: 0, gcTime: 0, placeholderData: keepPreviousData } : {}),
  });
  const seen = found.data?.revision;
  useEffect(() => {
    if (!past && seen !== undefined && inRoom !== undefined && inRoom > seen) void client.invalidateQueries({ queryKey: ['case', caseId] });
  }, [client, past, caseId, seen, inRoom]);
  return found;
}

function CaseContent({ one }: { readonly one: CaseDetail }): ReactNode {
  const { t } = useTranslation();
  const commands = useCommands();
  return (
    <article data-testid="case-detail" data-case-id={one.caseId} data-revision={one.revision}>
      <header className="case-head">
        <h2>{one.title}</h2>
        <div className="case-head-line">
          <span data-testid="case-state" data-state={one.state}><CaseStateTag state={one.state} /></span>
          <SeverityTag severity={one.severity} />
          <span className="muted numbers">{one.number}</span>
        </div>
        <Deadline one={one} />
      </header>
      {commands === null ? <TodayLink to={`/cases?case=${one.caseId}`} /> : <CaseCommands one={one} commands={commands} />}
      <CaseFacts one={one} />
      <h3 className="section-title">{t('cases.history')}</h3>
      <History history={one.history} />
    </article>
  );
}
