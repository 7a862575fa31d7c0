import { useQuery } from '@tanstack/react-query';
import { Alert, App, Form, Input, Modal, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SEVERITIES } from '@brain/contracts';
import { problemOf } from '../api/api-error.js';
import { openCase } from '../api/case-commands.js';
import { listCategories } from '../api/cases.js';
import { usePreferences } from '../app/preferences.js';
import { AreaField } from '../elements/area-field.js';
import { showFieldErrors } from '../elements/field-errors.js';
import { useProblemText } from '../elements/problem-text.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';

interface NewCaseProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onOpened: (caseId: string) => void;
}

interface Values {
  readonly title: string;
  readonly category: string;
  readonly areaCode: string;
  readonly severity: string;
  readonly source: string;
  readonly description?: string;
}

const SOURCES = ['patrol', 'resident', 'hotline', 'department', 'inspection'] as const;

export function NewCase({ open, onClose, onOpened }: NewCaseProps): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const text = useProblemText();

  const submit = async ({ source, ...facts }: Values): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const made = await openCase({ ...facts, source: { kind: source } });
      void message.success(t('cases.created', { number: made.number }));
      onOpened(made.caseId);
    } catch (refusal) {
      showFieldErrors(form, refusal);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={t('cases.new')}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ 'data-testid': 'case-submit' }}
      confirmLoading={busy}
      destroyOnHidden
      width="38rem"
    >
      <Form form={form} layout="vertical" preserve={false} onFinish={(values) => void submit(values)} initialValues={{ severity: 'MINOR', source: 'patrol' }}>
        <Fields />
        {error !== null && <Alert type="error" showIcon title={text(error)} description={<code>{problemOf(error).code}</code>} />}
      </Form>
    </Modal>
  );
}

function Fields(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const { locale } = usePreferences();
  const categories = useQuery({ queryKey: ['case-categories'], queryFn: listCategories, staleTime: Infinity });
  const required = [{ required: true, message: t('shell.required') }];
  const options = (categories.data ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${locale === 'en' ? name.en : name.zh}` }));
  // A grid worker reports what was seen on patrol; the other doors are the operator's.
  const sources = hasRole(user, 'operator') ? SOURCES : SOURCES.slice(0, 1);
  return (
    <>
      <Form.Item name="title" label={t('field.title')} rules={required}><Input maxLength={200} autoFocus data-testid="case-title" /></Form.Item>
      <Form.Item name="category" label={t('field.category')} rules={required}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} loading={categories.isLoading} data-testid="case-category" />
      </Form.Item>
      <Form.Item name="areaCode" label={t('field.area')} rules={required}><AreaField /></Form.Item>
      <Form.Item name="severity" label={t('field.severity')}>
        <Segmented options={SEVERITIES.map((value) => ({ value, label: t(`field.severity-${value}`) }))} />
      </Form.Item>
      <Form.Item name="source" label={t('cases.source')}>
        <Segmented options={sources.map((value) => ({ value, label: t(`cases.source-${value}`) }))} />
      </Form.Item>
      <Form.Item name="description" label={t('cases.description')}><Input.TextArea rows={3} maxLength={4000} /></Form.Item>
    </>
  );
}
