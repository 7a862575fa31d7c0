export const staffMessages = {
  'zh-CN': { post: '岗位', areas: '责任区域', skills: '技能', availability: '在岗状态', load: '负荷', cases: '在办 / 超期', changed: '{{name}}：{{availability}}', empty: '没有符合条件的人员', search: '姓名' },
  en: { post: 'Post', areas: 'Areas', skills: 'Skills', availability: 'Availability', load: 'Load', cases: 'Open / overdue', changed: '{{name}}: {{availability}}', empty: 'Nobody matches', search: 'Name' },
};
