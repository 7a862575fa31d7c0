/** Events by the middle of their wire name: `case-management.case-dispatched.v1` → `case-dispatched`. */
export const eventMessages = {
  'zh-CN': {
    'case-reported': '上报', 'case-accepted': '立案', 'case-dispatched': '派遣', 'case-started': '开始处置', 'case-sent-back': '回退',
    'case-completed': '处置完成', 'case-verified': '核查通过', 'case-rework-ordered': '返工', 'case-closed': '结案', 'case-reopened': '重新立案',
    'case-extended': '延期', 'case-suspended': '挂账', 'case-resumed': '恢复', 'case-voided': '作废', 'case-merged': '合并', 'case-rated': '评分',
    'case-became-overdue': '超期', 'alert-raised': '预警产生', 'alert-recurred': '预警重现', 'alert-acknowledged': '预警确认', 'alert-cleared': '预警恢复',
    'alert-commented': '预警备注', 'alert-assigned': '预警指派', 'alert-case-linked': '预警关联案件', 'rule-defined': '规则建立', 'rule-changed': '规则修改',
    'rule-retired': '规则停用', 'rule-suspended': '规则暂停', 'command-refused': '操作被拒绝', 'area-registered': '区域登记', 'area-renamed': '区域更名', 'area-boundary-drawn': '边界绘制', 'staff-registered': '人员登记',
    'staff-changed': '人员变更', 'staff-availability-changed': '在岗状态变更', 'device-registered': '设备登记', 'device-changed': '设备变更',
    'device-retired': '设备停用', 'device-token-rotated': '设备令牌更换', 'device-came-online': '设备上线', 'device-went-offline': '设备离线',
    'evaluation-computed': '评价计算', 'record-found-broken': '审计日志被改动', 'record-found-whole': '审计日志恢复完整',
    'signed-in': '登录', 'sign-in-failed': '登录失败', 'signed-out': '退出登录', 'personal-data-read': '查看个人信息', 'data-exported': '数据导出',
    'account-created': '账号建立', 'account-rights-changed': '账号权限变更', 'account-password-set': '账号密码变更', 'account-disabled': '账号停用', 'account-enabled': '账号启用',
  },
  en: {
    'case-reported': 'Reported', 'case-accepted': 'Accepted', 'case-dispatched': 'Dispatched', 'case-started': 'Started', 'case-sent-back': 'Sent back',
    'case-completed': 'Completed', 'case-verified': 'Verified', 'case-rework-ordered': 'Rework ordered', 'case-closed': 'Closed', 'case-reopened': 'Reopened',
    'case-extended': 'Extended', 'case-suspended': 'Suspended', 'case-resumed': 'Resumed', 'case-voided': 'Voided', 'case-merged': 'Merged', 'case-rated': 'Rated',
    'case-became-overdue': 'Became overdue', 'alert-raised': 'Alert raised', 'alert-recurred': 'Alert recurred', 'alert-acknowledged': 'Alert acknowledged', 'alert-cleared': 'Alert cleared',
    'alert-commented': 'Alert commented', 'alert-assigned': 'Alert assigned', 'alert-case-linked': 'Alert linked to a case', 'rule-defined': 'Rule defined', 'rule-changed': 'Rule changed',
    'rule-retired': 'Rule retired', 'rule-suspended': 'Rule suspended', 'command-refused': 'Command refused', 'area-registered': 'Area registered', 'area-renamed': 'Area renamed', 'area-boundary-drawn': 'Boundary drawn', 'staff-registered': 'Staff registered',
    'staff-changed': 'Staff changed', 'staff-availability-changed': 'Availability changed', 'device-registered': 'Device registered', 'device-changed': 'Device changed',
    'device-retired': 'Device retired', 'device-token-rotated': 'Device token rotated', 'device-came-online': 'Device came online', 'device-went-offline': 'Device went offline',
    'evaluation-computed': 'Evaluation computed', 'record-found-broken': 'Record found changed', 'record-found-whole': 'Record found whole',
    'signed-in': 'Signed in', 'sign-in-failed': 'Sign-in failed', 'signed-out': 'Signed out', 'personal-data-read': 'Personal data read', 'data-exported': 'Data exported',
    'account-created': 'Account created', 'account-rights-changed': 'Account rights changed', 'account-password-set': 'Account password set', 'account-disabled': 'Account disabled', 'account-enabled': 'Account enabled',
  },
};
