import { Alert, Form, Input, Modal, Rate } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseCommandName, CaseView } from '@brain/contracts';
import { showFieldErrors } from '../elements/field-errors.js';
import { MomentPicker } from '../time/moment-picker.js';
import { isFinal } from './case-commands.js';
import { AssigneeChoice, CaseChoice } from './command-choices.js';
import { COMMAND_FIELDS, type CommandField } from './command-fields.js';
import type { Outcome } from './use-case-command.js';

interface CommandDialogProps {
  readonly one: CaseView;
  readonly command: CaseCommandName | null;
  readonly run: (command: CaseCommandName, body: unknown) => Promise<Outcome>;
  readonly onClose: () => void;
}

const DAY = 24 * 60 * 60_000;

type Values = Readonly<Record<string, unknown>>;

export function CommandDialog({ one, command, run, onClose }: CommandDialogProps): ReactNode {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const submit = async (values: Values): Promise<void> => {
    if (command === null) return;
    setBusy(true);
    const outcome = await run(command, bodyOf(values));
    setBusy(false);
    if (outcome.done) onClose();
    else showFieldErrors(form, outcome.error);
  };
  return (
    <Modal
      open={command !== null}
      title={command === null ? '' : `${t(`cases.command-${command}`)} · ${one.number}`}
      onCancel={onClose}
      onOk={() => form.submit()}
      okButtonProps={{ danger: command !== null && isFinal(command), 'data-testid': 'case-command-submit' }}
      okText={command === null ? '' : t(`cases.command-${command}`)}
      confirmLoading={busy}
      destroyOnHidden
    >
      {command !== null && (
        <Form form={form} layout="vertical" preserve={false} onFinish={(values) => void submit(values)}>
          {command === 'void' && <Alert type="warning" showIcon title={t('cases.sureVoid')} style={{ marginBottom: '1rem' }} />}
          {command === 'merge' && <Alert type="warning" showIcon title={t('cases.sureMerge')} style={{ marginBottom: '1rem' }} />}
          {COMMAND_FIELDS[command].map((field, index) => <Field key={field} field={field} one={one} first={index === 0} />)}
        </Form>
      )}
    </Modal>
  );
}

/** Empty choices left out. */
function bodyOf(values: Values): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

function Field({ field, one, first }: { readonly field: CommandField; readonly one: CaseView; readonly first: boolean }): ReactNode {
  const { t } = useTranslation();
  const rules = [{ required: true, message: t('shell.required') }];
  const testId = `case-field-${field}`;
  switch (field) {
    case 'reason':
    case 'result':
      return (
        <Form.Item name={field} label={t(`cases.${field}`)} rules={rules}>
          <Input.TextArea rows={3} maxLength={2000} autoFocus={first} data-testid={testId} />
        </Form.Item>
      );
    case 'comment':
      return (
        <Form.Item name="comment" label={t('cases.comment')}>
          <Input.TextArea rows={2} maxLength={2000} data-testid={testId} />
        </Form.Item>
      );
    case 'dueAt':
      return <TimeField name="dueAt" label={t('cases.newDueAt')} initial={dayAfter(Math.max(Date.parse(one.dueAt), Date.now()))} />;
    case 'reviewAt':
      return <TimeField name="reviewAt" label={t('cases.reviewAt')} initial={dayAfter(Date.now())} />;
    case 'assignee':
      return (
        <Form.Item name="assignee" label={t('cases.assigneeChoice')}>
          <AssigneeChoice areaCode={one.areaCode} />
        </Form.Item>
      );
    case 'newAssignee':
      return (
        <Form.Item name="assignee" label={t('cases.assigneeChoice')} rules={rules}>
          <AssigneeChoice areaCode={one.areaCode} except={one.assignee?.staffId} />
        </Form.Item>
      );
    case 'intoCaseId':
      return (
        <Form.Item name="intoCaseId" label={t('cases.intoCase')} rules={rules}>
          <CaseChoice except={one.caseId} />
        </Form.Item>
      );
    case 'satisfaction':
      return (
        <Form.Item name="satisfaction" label={t('cases.satisfaction')} rules={rules}>
          <Rate data-testid={testId} />
        </Form.Item>
      );
  }
}

function TimeField({ name, label, initial }: { readonly name: string; readonly label: string; readonly initial: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item name={name} label={label} initialValue={initial} rules={[{ required: true, message: t('shell.required') }]}>
      <MomentPicker width="100%" notBefore={Date.now()} />
    </Form.Item>
  );
}

function dayAfter(time: number): string {
  return new Date(time + DAY).toISOString();
}
