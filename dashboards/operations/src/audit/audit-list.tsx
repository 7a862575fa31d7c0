import { Table, type TableColumnsType } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '@brain/contracts';
import { useScreenScale } from '../app/screen-scale.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useActorName } from '../elements/use-actor-name.js';
import { useTimeFormat } from '../time/format.js';
import { proofStateOf } from './log-checkpoint.js';
import { ProofChip } from './proof-chip.js';
import { useLogSize } from './use-audit-events.js';
import { useEventTitle } from './use-event-title.js';

interface AuditListProps {
  readonly events: readonly AuditEvent[];
  readonly loading: boolean;
  readonly chosen: string | null;
  readonly onOpen: (eventId: string) => void;
  /** The end of what is loaded comes into view. */
  readonly onEnd: () => void;
}

const NEAR_END = 400;
const HEAD = 42;

/** Only the rows in view are on the page, however many there are. */
export function AuditList({ events, loading, chosen, onOpen, onEnd }: AuditListProps): ReactNode {
  const { t } = useTranslation();
  const columns = useColumns(onOpen);
  const scale = useScreenScale();
  const { frame, height } = useHeight();
  return (
    <div ref={frame} className="audit-list" data-testid="audit-table">
      <Table<AuditEvent>
        virtual
        size="small"
        rowKey="eventId"
        columns={columns}
        dataSource={events}
        loading={loading}
        pagination={false}
        scroll={{ x: 1000 * scale, y: Math.max(160, height - HEAD * scale) }}
        locale={{ emptyText: loading ? ' ' : t('audit.empty') }}
        rowClassName={({ eventId }) => (eventId === chosen ? 'audit-chosen' : '')}
        onRow={({ eventId, type }) => ({ onClick: () => onOpen(eventId), 'data-type': type, 'data-event-id': eventId }) as object}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          if (scrollHeight - scrollTop - clientHeight < NEAR_END) onEnd();
        }}
      />
    </div>
  );
}

function useColumns(onOpen: (eventId: string) => void): TableColumnsType<AuditEvent> {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const actorName = useActorName();
  const title = useEventTitle();
  const logSize = useLogSize();
  const { dateTime } = useTimeFormat();
  const scale = useScreenScale();
  return [
    { title: t('audit.time'), width: 180 * scale, className: 'numbers', render: (_, { time }) => dateTime(time) },
    {
      title: t('audit.type'),
      width: 330 * scale,
      ellipsis: true,
      // The row is opened by the pointer anywhere, by the keyboard here.
      render: (_, { eventId, type }) => (
        <button type="button" className="linkish" onClick={() => onOpen(eventId)}>{title(type)} <code className="muted">{type}</code></button>
      ),
    },
    { title: t('audit.actor'), width: 160 * scale, ellipsis: true, render: (_, { actor }) => actorName(actor) },
    { title: t('audit.subject'), width: 170 * scale, ellipsis: true, className: 'numbers', render: (_, { subject }) => <span title={subject}>{subject}</span> },
    { title: t('audit.area'), width: 200 * scale, ellipsis: true, render: (_, { areaCode }) => (areaCode === null ? '—' : areas.label(areaCode)) },
    { title: t('audit.proof'), width: 110 * scale, render: (_, { leafIndex }) => <ProofChip state={proofStateOf(leafIndex, logSize)} /> },
  ];
}

function useHeight() {
  const frame = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setHeight(entry?.contentRect.height ?? 0));
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, []);
  return { frame, height };
}
