import { Button, Form, Input, Segmented, Select } from 'antd';
import { useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../elements/shortcuts.js';
import { SpanPicker, type Between } from '../time/span-picker.js';
import { AreaPicker } from '../overview/area-picker.js';
import { writeSearch, type AuditOrder, type AuditSearch } from './audit-search.js';
import { EVENT_TYPES } from './event-types.js';
import { PersonPicker } from './person-picker.js';
import { useEventTitle } from './use-event-title.js';

interface AuditFormProps {
  readonly search: AuditSearch;
  readonly onSearch: (search: AuditSearch) => void;
}

type Fields = Omit<AuditSearch, 'from' | 'to' | 'types'> & { readonly types: string[]; readonly between: Between | undefined };

const FIELDS = ['q', 'types', 'person', 'area', 'between', 'case', 'alert', 'device', 'subject', 'correlation', 'order'] as const;

const addressOf = (search: AuditSearch): string => JSON.stringify(writeSearch(search));

/** Everything the record can be searched by; Enter in any field searches. */
export function AuditForm({ search, onSearch }: AuditFormProps): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  useShortcuts(useMemo(() => ({ '/': () => form.focusField('q') }), [form]));
  // What this form asked for is in its fields already: when the address says it, somebody may be typing the next question.
  const asked = useRef(addressOf(search));
  const look = (next: AuditSearch): void => {
    asked.current = addressOf(next);
    onSearch(next);
  };
  const show = useCallback((shown: AuditSearch) => {
    const values: Partial<Fields> = fieldsOf(shown);
    form.setFields(FIELDS.map((name) => ({ name, value: values[name] })));
  }, [form]);
  useEffect(() => {
    if (addressOf(search) === asked.current) return;
    asked.current = addressOf(search);
    show(search);
  }, [search, show]);
  const submit = ({ between, ...fields }: Fields): void => {
    const { from, to } = between ?? {};
    look({ ...fields, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
  };
  const reset = (): void => {
    show({ order: 'desc' });
    look({ order: 'desc' });
  };
  const field = (name: keyof Fields, placeholder: string, width: string): ReactNode => (
    <Form.Item name={name} noStyle><Input allowClear placeholder={placeholder} aria-label={placeholder} style={{ width }} data-testid={`audit-${name}`} /></Form.Item>
  );
  return (
    <Form<Fields> form={form} className="audit-form" role="search" initialValues={fieldsOf(search)} onFinish={submit}>
      {field('q', t('audit.words'), '14rem')}
      <Form.Item name="types" noStyle><TypePicker /></Form.Item>
      <Form.Item name="person" noStyle><PersonPicker /></Form.Item>
      <Form.Item name="area" noStyle><AreaOf /></Form.Item>
      <Form.Item name="between" noStyle>
        <SpanPicker placeholder={[t('audit.from'), t('audit.to')]} width="22rem" />
      </Form.Item>
      {field('case', t('audit.case'), '13rem')}
      {field('alert', t('audit.alert'), '9rem')}
      {field('device', t('audit.device'), '9rem')}
      {field('subject', t('audit.subject'), '11rem')}
      {field('correlation', t('audit.correlation'), '11rem')}
      <Form.Item name="order" noStyle><Segmented<AuditOrder> options={[{ value: 'desc', label: t('audit.newestFirst') }, { value: 'asc', label: t('audit.oldestFirst') }]} onChange={() => form.submit()} /></Form.Item>
      <Button type="primary" htmlType="submit" data-testid="audit-search">{t('shell.search')}</Button>
      <Button onClick={reset}>{t('shell.reset')}</Button>
    </Form>
  );
}

function fieldsOf({ from, to, types = [], ...texts }: AuditSearch): Fields {
  return { ...texts, types: [...types], between: { from, to } };
}

function TypePicker(props: { readonly value?: string[]; readonly onChange?: (types: string[]) => void }): ReactNode {
  const { t } = useTranslation();
  const title = useEventTitle();
  const options = useMemo(() => {
    const services = [...new Set(EVENT_TYPES.map(serviceOf))];
    return services.map((service) => ({
      label: t(`audit.service-${service}`, { defaultValue: service }),
      options: EVENT_TYPES.filter((type) => serviceOf(type) === service).map((type) => ({ value: type, label: title(type), search: `${title(type)} ${type}` })),
    }));
  }, [t, title]);
  return <Select {...props} mode="multiple" allowClear maxTagCount="responsive" style={{ width: '14rem' }} placeholder={t('audit.type')} aria-label={t('audit.type')} options={options} showSearch={{ optionFilterProp: 'search' }} data-testid="audit-types" />;
}

function serviceOf(type: string): string {
  return type.split('.')[0] ?? type;
}

/** The picker speaks of null, a form field of undefined. */
function AreaOf({ value, onChange }: { readonly value?: string; readonly onChange?: (area: string | undefined) => void }): ReactNode {
  return <div style={{ width: '11rem' }}><AreaPicker size="middle" value={value ?? null} onChange={(code) => onChange?.(code ?? undefined)} /></div>;
}
