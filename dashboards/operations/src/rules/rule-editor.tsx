import { useQuery } from '@tanstack/react-query';
import { Alert, App, Drawer, Form, Input, Segmented, Select, Switch, Button } from 'antd';
import { SEVERITIES, type RuleView } from '@brain/contracts';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/api-error.js';
import { listCategories } from '../api/cases.js';
import { saveRule } from '../api/rules.js';
import { usePreferences } from '../app/preferences.js';
import { useLive } from '../live/use-live.js';
import { useUser } from '../session/use-user.js';
import { useKindName } from '../devices/use-kind-name.js';
import { AreaField } from '../elements/area-field.js';
import { showFieldErrors } from '../elements/field-errors.js';
import { useProblemText } from '../elements/problem-text.js';
import { NEW_RULE, toDefinition, toForm, type RuleForm } from './rule-form.js';
import './rules.css';

interface RuleEditorProps {
  readonly editing: RuleView | 'new' | null;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function RuleEditor({ editing, onClose, onSaved }: RuleEditorProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Drawer open={editing !== null} onClose={onClose} size="min(40rem, 94vw)" destroyOnHidden title={t(editing === 'new' ? 'rules.new' : 'rules.edit')} data-testid="rule-editor">
      {editing !== null && <Editor before={editing === 'new' ? null : editing} onClose={onClose} onSaved={onSaved} />}
    </Drawer>
  );
}

function Editor({ before, onClose, onSaved }: { readonly before: RuleView | null } & Omit<RuleEditorProps, 'editing'>): ReactNode {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<RuleForm>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const text = useProblemText();
  const submit = async (values: RuleForm): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await saveRule(before, toDefinition(values));
      void message.success(t('rules.saved'));
      onSaved();
      onClose();
    } catch (refusal) {
      showFieldErrors(form, refusal);
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form form={form} layout="vertical" initialValues={before === null ? NEW_RULE : toForm(before)} onFinish={(values) => void submit(values)}>
      <Form.Item name="name" label={t('rules.name')} rules={[{ required: true, message: t('shell.required') }]}><Input maxLength={200} autoFocus data-testid="rule-name" /></Form.Item>
      <ScopeFields />
      <ConditionFields />
      <CaseFields />
      {error !== null && <Alert type="error" showIcon title={text(error)} description={<><code>{problemOf(error).code}</code> {problemOf(error).detail}</>} style={{ marginBottom: '1rem' }} />}
      <Button type="primary" htmlType="submit" loading={busy} data-testid="rule-submit">{t('shell.save')}</Button>
    </Form>
  );
}

function ScopeFields(): ReactNode {
  const { t } = useTranslation();
  const kindName = useKindName();
  const devices = useLive((state) => state.devices);
  const everywhere = useUser().areaCodes.includes('*');
  const by = Form.useWatch<RuleForm['by']>('by');
  const kinds = useMemo(() => [...new Set([...devices.values()].map(({ kind }) => kind))].sort(), [devices]);
  const required = [{ required: true, message: t('shell.required') }];
  return (
    <>
      <Form.Item name="by" label={t('rules.scope')}>
        <Segmented options={[{ value: 'kind', label: t('rules.scope-kind') }, { value: 'devices', label: t('rules.scope-devices') }]} />
      </Form.Item>
      {by === 'devices' ? (
        <Form.Item name={['scope', 'deviceIds']} label={t('rules.devices')} rules={required}>
          <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={[...devices.values()].map(({ deviceId, name }) => ({ value: deviceId, label: name }))} />
        </Form.Item>
      ) : (
        <div className="pair">
          <Form.Item name={['scope', 'kind']} label={t('rules.kind')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={kinds.map((value) => ({ value, label: kindName(value) }))} data-testid="rule-kind" />
          </Form.Item>
          <Form.Item name={['scope', 'areaCode']} label={t(everywhere ? 'rules.area' : 'rules.areaNeeded')} rules={everywhere ? [] : [{ required: true, message: t('rules.areaIsNeeded') }]}><AreaField /></Form.Item>
        </div>
      )}
    </>
  );
}

function ConditionFields(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="when" label={t('rules.when')} extra={t('rules.whenHint')} rules={[{ required: true, message: t('shell.required') }]}>
        <Input.TextArea className="expression" autoSize={{ minRows: 2, maxRows: 6 }} spellCheck={false} data-testid="rule-when" />
      </Form.Item>
      <Form.Item name="clearWhen" label={t('rules.clearWhen')} extra={t('rules.clearHint')}>
        <Input.TextArea className="expression" autoSize={{ minRows: 1, maxRows: 6 }} spellCheck={false} />
      </Form.Item>
      <div className="pair">
        <Form.Item name="for" label={t('rules.for')} extra={t('rules.forHint')}><Input className="expression" /></Form.Item>
        <Form.Item name="severity" label={t('rules.severity')}>
          <Select options={SEVERITIES.map((value) => ({ value, label: t(`field.severity-${value}`) }))} />
        </Form.Item>
      </div>
    </>
  );
}

function CaseFields(): ReactNode {
  const { t } = useTranslation();
  const { locale } = usePreferences();
  const opensCase = Form.useWatch<boolean>('opensCase');
  const categories = useQuery({ queryKey: ['case-categories'], queryFn: listCategories, staleTime: Infinity });
  const required = [{ required: true, message: t('shell.required') }];
  return (
    <>
      <Form.Item name="opensCase" label={t('rules.openCase')} valuePropName="checked"><Switch /></Form.Item>
      {opensCase && (
        <div className="pair">
          <Form.Item name={['openCase', 'category']} label={t('rules.category')} rules={required}>
            <Select showSearch={{ optionFilterProp: 'label' }} options={(categories.data ?? []).map(({ code, name }) => ({ value: code, label: `${code} ${locale === 'en' ? name.en : name.zh}` }))} />
          </Form.Item>
          <Form.Item name={['openCase', 'title']} label={t('rules.caseTitle')} rules={required}><Input maxLength={200} /></Form.Item>
        </div>
      )}
    </>
  );
}
