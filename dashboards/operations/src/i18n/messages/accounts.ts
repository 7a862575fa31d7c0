export const accountMessages = {
  'zh-CN': {
    username: '用户名', 'field-name': '姓名', 'field-roles': '角色', 'field-areaCodes': '管辖区域', 'field-staffId': '对应人员', 'field-disabled': '已停用', 'field-oneTime': '一次性密码',
    state: '状态', enabled: '启用', disabled: '已停用', waiting: '待首次登录', federated: '统一账号', createdAt: '创建时间',
    new: '新建账号', change: '变更', reset: '重置密码', disable: '停用', enable: '启用', saved: '账号已变更，其会话已结束', search: '用户名、姓名、角色或区域', count: '共 {{count}} 个账号', none: '还没有您可管理的账号', empty: '没有符合条件的账号',
    'sure-disable': '停用后 {{name}} 立即退出，不能再登录。', 'sure-enable': '启用后 {{name}} 可以再次登录。', 'sure-reset': '{{name}} 的现有密码立即失效，并退出所有会话；新的一次性密码只显示一次。',
    usernameForm: '2 至 100 个字母、数字或 . _ @ -', areasHint: '只能授予您自己管辖的区域；区域之下的所有区域一并包括。', addArea: '添加', removeArea: '移除', staffHint: '按姓名查找',
    oneTime: '{{username}} 的一次性密码', oneTimeHint: '此密码只在这里显示一次，请安全地转交本人；72 小时内有效，本人首次登录时必须另设密码。', passedOn: '已记下',
    conflict: '其他人刚刚变更了此账号，您的操作尚未执行。', onlyPassword: '密码被重新设置，其余未变。', takeTheirs: '采用对方的变更', keepMine: '保留我填写的内容，再次保存',
  },
  en: {
    username: 'User name', 'field-name': 'Name', 'field-roles': 'Roles', 'field-areaCodes': 'Areas', 'field-staffId': 'Staff member', 'field-disabled': 'Disabled', 'field-oneTime': 'One-time password',
    state: 'State', enabled: 'Active', disabled: 'Disabled', waiting: 'Awaits first sign-in', federated: 'Organisation account', createdAt: 'Created',
    new: 'New account', change: 'Change', reset: 'Reset password', disable: 'Disable', enable: 'Enable', saved: 'The account is changed and its sessions have ended', search: 'User name, name, role or area', count: '{{count}} accounts', none: 'There is no account yet that you look after', empty: 'No account matches',
    'sure-disable': '{{name}} is signed out at once and can no longer sign in.', 'sure-enable': '{{name}} can sign in again.', 'sure-reset': 'The present password of {{name}} ends at once, and so do all sessions. The new one-time password is shown once.',
    usernameForm: '2 to 100 letters, digits or . _ @ -', areasHint: 'Only areas of your own can be given; each includes everything below it.', addArea: 'Add', removeArea: 'Remove', staffHint: 'Find by name',
    oneTime: 'One-time password of {{username}}', oneTimeHint: 'It is shown here once. Hand it over safely: it is good for 72 hours and one sign-in, at which the person chooses another.', passedOn: 'I have noted it',
    conflict: 'Somebody else has just changed this account. Nothing of yours is done yet.', onlyPassword: 'The password was set anew; nothing else changed.', takeTheirs: 'Take their change', keepMine: 'Keep what I entered and save again',
  },
};
