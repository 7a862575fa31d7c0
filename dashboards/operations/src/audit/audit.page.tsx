import { useInfiniteQuery } from '@tanstack/react-query';
import { DatePicker, Form, Input, Button, Table } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listAuditEvents, type AuditEvent } from '../api/audit.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { AreaPicker } from '../overview/area-picker.js';
import { eventKey } from '../elements/event-name.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { useActorName } from '../elements/use-actor-name.js';
import { useTimeFormat } from '../time/format.js';

interface Filter {
  readonly between?: [Dayjs | null, Dayjs | null] | null;
  readonly type?: string;
  readonly subject?: string;
  readonly actor?: string;
  readonly area?: string | null;
}

const TODAY: Filter = { between: [dayjs().subtract(1, 'day').startOf('minute'), null] };

export default function AuditPage(): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const actorName = useActorName();
  const { dateTime } = useTimeFormat();
  const [filter, setFilter] = useState<Filter>(TODAY);
  const found = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      listAuditEvents({
        from: filter.between?.[0]?.toISOString(),
        to: filter.between?.[1]?.toISOString(),
        type: filter.type?.trim(),
        subject: filter.subject?.trim(),
        actor: filter.actor?.trim(),
        area: filter.area,
        cursor: pageParam,
        limit: 100,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <div className="page">
      <div className="page-head"><h1>{t('shell.audit')}</h1><Filters onChange={setFilter} /></div>
      <p className="muted" style={{ margin: 0 }}>{t('audit.hint')}</p>
      {found.error === null ? (
        <>
          <Table<AuditEvent>
            size="small"
            rowKey="eventId"
            dataSource={found.data?.pages.flatMap(({ items }) => items) ?? []}
            loading={found.isLoading}
            pagination={false}
            scroll={{ x: 'max-content' }}
            locale={{ emptyText: t('audit.empty') }}
            data-testid="audit-table"
            expandable={{ expandedRowRender: (event) => <pre className="payload">{JSON.stringify(event, null, 2)}</pre> }}
            columns={[
              { title: t('audit.time'), className: 'numbers', render: (_, { time }) => dateTime(time) },
              { title: t('audit.type'), render: (_, { type }) => <span title={type}>{t(`event.${eventKey(type)}`, { defaultValue: type })} <code className="muted">{type}</code></span> },
              { title: t('audit.subject'), className: 'numbers', render: (_, { subject }) => <span title={subject}>{subject.slice(0, 24)}</span> },
              { title: t('audit.actor'), render: (_, { actor }) => actorName(actor) },
              { title: t('audit.area'), render: (_, { areaCode }) => (typeof areaCode === 'string' ? areas.label(areaCode) : '—') },
            ]}
          />
          <MoreRows query={found} />
        </>
      ) : (
        <Failure error={found.error} onRetry={() => void found.refetch()} />
      )}
    </div>
  );
}

function Filters({ onChange }: { readonly onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation();
  const [area, setArea] = useState<string | null>(null);
  return (
    <Form<Filter> layout="inline" initialValues={TODAY} onFinish={(values) => onChange({ ...values, area })} style={{ rowGap: '0.5rem' }}>
      <Form.Item name="between"><DatePicker.RangePicker showTime={{ format: 'HH:mm' }} format="MM-DD HH:mm" allowEmpty={[true, true]} placeholder={[t('audit.from'), t('audit.to')]} /></Form.Item>
      <Form.Item name="type"><Input allowClear placeholder={t('audit.typePlaceholder')} aria-label={t('audit.type')} style={{ width: '20rem' }} /></Form.Item>
      <Form.Item name="subject"><Input allowClear placeholder={t('audit.subjectPlaceholder')} aria-label={t('audit.subject')} /></Form.Item>
      <Form.Item name="actor"><Input allowClear placeholder={t('audit.actorPlaceholder')} aria-label={t('audit.actor')} /></Form.Item>
      <Form.Item><div style={{ width: '11rem' }}><AreaPicker size="middle" value={area} onChange={setArea} /></div></Form.Item>
      <Button type="primary" htmlType="submit">{t('shell.search')}</Button>
    </Form>
  );
}
