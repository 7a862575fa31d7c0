export const alertMessages = {
  'zh-CN': {
    'state-ACTIVE_UNACK': '持续 · 未确认', 'state-ACTIVE_ACK': '持续 · 已确认', 'state-CLEARED_UNACK': '已恢复 · 未确认', 'state-CLEARED_ACK': '已恢复 · 已确认',
    detail: '预警详情', raisedAt: '产生时间', updatedAt: '更新时间', clearedAt: '恢复时间', occurrences: '次数', reading: '读数', acknowledgedBy: '确认人',
    rule: '规则', case: '案件', openCase: '打开案件', chart: '预警前后读数', noReadings: '这段时间没有读数', clear: '人工恢复', clearReason: '人工恢复的原因',
    comment: '备注', commentText: '备注内容', sureClear: '人工恢复会结束此预警。', from: '起', to: '止', empty: '没有符合条件的预警', raised: '预警产生', wordsMissing: '请先填写内容。',
  },
  en: {
    'state-ACTIVE_UNACK': 'Active · unacknowledged', 'state-ACTIVE_ACK': 'Active · acknowledged', 'state-CLEARED_UNACK': 'Cleared · unacknowledged', 'state-CLEARED_ACK': 'Cleared · acknowledged',
    detail: 'Alert', raisedAt: 'Raised', updatedAt: 'Updated', clearedAt: 'Cleared', occurrences: 'Occurrences', reading: 'Reading', acknowledgedBy: 'Acknowledged by',
    rule: 'Rule', case: 'Case', openCase: 'Open the case', chart: 'Readings around the alert', noReadings: 'No readings in this time', clear: 'Clear by hand', clearReason: 'Why it is cleared by hand',
    comment: 'Comment', commentText: 'Comment', sureClear: 'Clearing by hand ends this alert.', from: 'From', to: 'To', empty: 'No alert matches', raised: 'Alert raised', wordsMissing: 'Please write something first.',
  },
};
