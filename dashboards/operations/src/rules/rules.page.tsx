import { PlusOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { App, Button, Space, Table, type TableColumnsType } from 'antd';
import type { RuleView } from '@brain/contracts';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listRules, retireRule } from '../api/rules.js';
import { useAreaNames } from '../areas/use-area-names.js';
import { useKindName } from '../devices/use-kind-name.js';
import { hasRole } from '../session/user.js';
import { useUser } from '../session/use-user.js';
import { Failure } from '../elements/failure.js';
import { MoreRows } from '../elements/more-rows.js';
import { useProblemText } from '../elements/problem-text.js';
import { SeverityTag } from '../elements/severity-tag.js';
import { RuleEditor } from './rule-editor.js';

export default function RulesPage(): ReactNode {
  const { t } = useTranslation();
  const user = useUser();
  const mayEdit = hasRole(user, 'administrator');
  const [editing, setEditing] = useState<RuleView | 'new' | null>(null);
  const found = useInfiniteQuery({
    queryKey: ['rules'],
    queryFn: ({ pageParam }) => listRules({ cursor: pageParam, limit: 100 }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const reload = (): void => void found.refetch();
  const columns = useColumns(mayEdit, setEditing, reload);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('shell.rules')}</h1>
        <span style={{ flex: 1 }} />
        {mayEdit && <Button type="primary" icon={<PlusOutlined />} data-testid="rule-new" onClick={() => setEditing('new')}>{t('rules.new')}</Button>}
      </div>
      {found.error === null ? (
        <>
          <Table<RuleView> size="small" rowKey="ruleId" columns={columns} dataSource={found.data?.pages.flatMap(({ items }) => items) ?? []} loading={found.isLoading} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: t('rules.empty') }} data-testid="rule-table" />
          <MoreRows query={found} />
        </>
      ) : (
        <Failure error={found.error} onRetry={reload} />
      )}
      <RuleEditor editing={editing} onClose={() => setEditing(null)} onSaved={reload} />
    </div>
  );
}

function useColumns(mayEdit: boolean, edit: (rule: RuleView) => void, reload: () => void): TableColumnsType<RuleView> {
  const { t } = useTranslation();
  const retire = useRetire(reload);
  return [
    { title: t('rules.name'), render: (_, { name }) => <strong>{name}</strong> },
    { title: t('rules.severity'), render: (_, { severity }) => <SeverityTag severity={severity} /> },
    { title: t('rules.scope'), render: (_, rule) => <Scope rule={rule} /> },
    { title: t('rules.when'), render: (_, { when }) => <code className="expression">{when}</code> },
    { title: t('rules.for'), className: 'numbers', dataIndex: 'for' },
    { title: t('rules.openCase'), render: (_, { openCase }) => (openCase === null ? <span className="muted">{t('rules.noCase')}</span> : t('rules.opensCase', { category: openCase.category })) },
    { title: t('rules.state'), render: (_, { state, suspendedReason }) => <span className={`chip ${state === 'active' ? 'chip-good' : 'chip-warn'}`} title={suspendedReason ?? ''}>{t(`rules.state-${state}`)}</span> },
    ...(mayEdit
      ? [{
          render: (_: unknown, rule: RuleView) => (
            <Space>
              <Button size="small" onClick={() => edit(rule)}>{t('rules.edit')}</Button>
              <Button size="small" danger onClick={() => retire(rule)}>{t('rules.retire')}</Button>
            </Space>
          ),
        }]
      : []),
  ];
}

function useRetire(reload: () => void): (rule: RuleView) => void {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const text = useProblemText();
  const retire = async (rule: RuleView): Promise<void> => {
    try {
      await retireRule(rule);
      void message.success(t('rules.retired'));
    } catch (error) {
      void message.error(text(error));
    }
    reload();
  };
  return (rule) => void modal.confirm({ title: `${t('rules.retire')} · ${rule.name}`, content: t('rules.sureRetire'), okButtonProps: { danger: true }, onOk: () => retire(rule) });
}

function Scope({ rule: { scope } }: { readonly rule: RuleView }): ReactNode {
  const { t } = useTranslation();
  const areas = useAreaNames();
  const kindName = useKindName();
  if ('deviceIds' in scope) return t('rules.deviceCount', { count: scope.deviceIds.length });
  return <>{kindName(scope.kind)} · <span className="muted">{scope.areaCode === undefined ? t('rules.all') : areas.label(scope.areaCode)}</span></>;
}
