export const ruleMessages = {
  'zh-CN': {
    name: '规则名称', scope: '适用范围', 'scope-kind': '按设备类型', 'scope-devices': '指定设备', kind: '设备类型', area: '限定区域（可空）', areaNeeded: '限定区域', areaIsNeeded: '您只管辖部分区域，请选择规则适用的区域。', devices: '设备', when: '触发条件（CEL）', for: '持续时间', clearWhen: '恢复条件（CEL，可空）',
    severity: '级别', openCase: '自动立案', category: '事项类别', caseTitle: '案件标题', new: '新建规则', edit: '修改规则', retire: '停用', sureRetire: '停用后此规则不再产生预警。', retired: '规则已停用', saved: '规则已保存',
    whenHint: '可用 reading、device、area，例如 reading.temperature > 60.0', forHint: 'ISO 8601，例如 PT2M；PT0S 表示立即', clearHint: '留空：条件不再成立即恢复', empty: '还没有规则', all: '全部区域', 'state-active': '启用', 'state-suspended': '已暂停', 'state-retired': '已停用', opensCase: '立案 {{category}}', noCase: '不立案', state: '状态', detail: '查看规则',
    deviceCount: '{{count}} 台设备', updatedAt: '更新时间',
  },
  en: {
    name: 'Rule', scope: 'Scope', 'scope-kind': 'By kind', 'scope-devices': 'Chosen devices', kind: 'Kind', area: 'Within area (optional)', areaNeeded: 'Within area', areaIsNeeded: 'You look after some areas only: choose where the rule applies.', devices: 'Devices', when: 'When (CEL)', for: 'For', clearWhen: 'Clear when (CEL, optional)',
    severity: 'Severity', openCase: 'Open a case', category: 'Category', caseTitle: 'Title of the case', new: 'New rule', edit: 'Change the rule', retire: 'Retire', sureRetire: 'A retired rule raises no more alerts.', retired: 'The rule is retired', saved: 'The rule is saved',
    whenHint: 'reading, device and area are there, e.g. reading.temperature > 60.0', forHint: 'ISO 8601, e.g. PT2M; PT0S is at once', clearHint: 'Empty: as soon as the condition no longer holds', empty: 'No rules yet', all: 'Everywhere', 'state-active': 'Active', 'state-suspended': 'Suspended', 'state-retired': 'Retired', opensCase: 'opens {{category}}', noCase: 'no case', state: 'State', detail: 'Rule',
    deviceCount: '{{count}} devices', updatedAt: 'Updated',
  },
};
