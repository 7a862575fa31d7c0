export const sessionMessages = {
  'zh-CN': {
    title: '我的会话', hint: '您的账号目前在这些地方登录。不认识的会话请立即结束，并联系安全管理员重置密码。',
    browser: '浏览器', unknown: '未知', current: '当前会话', method: '登录方式', 'method-password': '用户名和密码', 'method-identity-provider': '单位统一账号',
    address: '地址', begunAt: '登录时间', seenAt: '最近使用', endsAt: '最迟结束', end: '结束', endOthers: '结束其他所有会话', ended: '会话已结束', endedOthers: '已结束 {{count}} 个会话',
    'sure-end': '该处立即退出登录。', 'sure-others': '除当前会话外，其他 {{count}} 处立即退出登录。',
  },
  en: {
    title: 'My sessions', hint: 'Your account is signed in at these places now. End a session you do not recognise at once, and ask a security administrator to reset your password.',
    browser: 'Browser', unknown: 'Unknown', current: 'This session', method: 'Signed in by', 'method-password': 'User name and password', 'method-identity-provider': 'Organisation account',
    address: 'Address', begunAt: 'Since', seenAt: 'Last used', endsAt: 'Ends at the latest', end: 'End', endOthers: 'End all other sessions', ended: 'The session has ended', endedOthers: '{{count}} sessions have ended',
    'sure-end': 'It is signed out there at once.', 'sure-others': 'But for this session, {{count}} are signed out at once.',
  },
};
