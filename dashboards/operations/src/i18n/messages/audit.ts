export const auditMessages = {
  'zh-CN': { time: '发生时间', type: '事件', subject: '对象', actor: '操作者', area: '区域', from: '起', to: '止', data: '数据', empty: '没有符合条件的事件', hint: '按记录顺序，自最早起。', position: '位置', typePlaceholder: '事件类型，如 case-management.case-closed.v1', actorPlaceholder: '操作者编号', subjectPlaceholder: '对象，如 case-…' },
  en: { time: 'When', type: 'Event', subject: 'Subject', actor: 'By', area: 'Area', from: 'From', to: 'To', data: 'Data', empty: 'No event matches', hint: 'In the order of the record, oldest first.', position: 'Position', typePlaceholder: 'Event type, e.g. case-management.case-closed.v1', actorPlaceholder: 'Actor id', subjectPlaceholder: 'Subject, e.g. case-…' },
};
