/** Our words for the server's codes. A code without words here shows the server's own sentence. */
export const errorMessages = {
  'zh-CN': {
    CREDENTIALS_WRONG: '用户名或密码不正确。', RATE_LIMITED: '尝试次数过多，请稍后再试。', SERVER_UNREACHABLE: '无法连接服务器。',
    TOKEN_MISSING: '请先登录。', TOKEN_EXPIRED: '会话已过期，请重新登录。', TOKEN_INVALID: '会话无效，请重新登录。',
    ROLE_NOT_ALLOWED: '您的角色不能执行此操作。', AREA_OUT_OF_SCOPE: '该区域不在您的管辖范围内。', REVISION_STALE: '内容已被他人修改。',
    CASE_STATE_WRONG: '当前状态下不能执行此操作。', CASE_NOT_YOURS: '此案件派给了其他人。', CASE_UNKNOWN: '没有这个案件。', CASE_VERIFIER_IS_WORKER: '处置人不能核查自己的工作。',
    CASE_REOPEN_TOO_LATE: '已超过可重新立案的期限。', CASE_ALREADY_RATED: '此案件已评分。', EXTENSION_NOT_LATER: '延期后的时限必须晚于现在和原时限。',
    REVIEW_NOT_IN_FUTURE: '复核日期必须在将来。', NO_STAFF_AVAILABLE: '没有可派遣的在岗人员。', DISPATCH_NOBODY_AVAILABLE: '没有可派遣的在岗人员。', CATEGORY_UNKNOWN: '没有这个事项类别。',
    ALERT_UNKNOWN: '没有这个预警。', DEVICE_UNKNOWN: '没有这个设备。', AREA_UNKNOWN: '没有这个区域。', VALIDATION_FAILED: '填写的内容有误，请检查标出的字段。',
    RULE_EXPRESSION_INVALID: '规则表达式有误。', HTTP_404: '服务器没有这个接口。', HTTP_502: '后端服务暂时不可用。', HTTP_503: '服务暂时不可用。', HTTP_504: '后端服务没有应答。',
    SERVICE_UNAVAILABLE: '后端服务暂时不可用。', CROSS_ORIGIN_REFUSED: '请在本系统页面上登录。', IDEMPOTENCY_KEY_REUSED: '重复提交的内容不同。', PAYLOAD_TOO_LARGE: '内容过大。',
  },
  en: {
    CREDENTIALS_WRONG: 'User name or password is wrong.', RATE_LIMITED: 'Too many tries. Please wait a little.', SERVER_UNREACHABLE: 'The server cannot be reached.',
    TOKEN_MISSING: 'Please sign in first.', TOKEN_EXPIRED: 'Your session has ended. Please sign in again.', TOKEN_INVALID: 'Your session is not valid. Please sign in again.',
    ROLE_NOT_ALLOWED: 'Your role does not allow this.', AREA_OUT_OF_SCOPE: 'This area is not within yours.', REVISION_STALE: 'Somebody has changed it meanwhile.',
    CASE_STATE_WRONG: 'Not possible in this state.', CASE_NOT_YOURS: 'This case is assigned to somebody else.', CASE_UNKNOWN: 'There is no such case.', CASE_VERIFIER_IS_WORKER: 'Who did the work cannot verify it.',
    CASE_REOPEN_TOO_LATE: 'The time for reopening has passed.', CASE_ALREADY_RATED: 'This case has been rated.', EXTENSION_NOT_LATER: 'The new deadline must be after now and after the old one.',
    REVIEW_NOT_IN_FUTURE: 'The review must be in the future.', NO_STAFF_AVAILABLE: 'Nobody on duty can take it.', DISPATCH_NOBODY_AVAILABLE: 'Nobody on duty can take it.', CATEGORY_UNKNOWN: 'There is no such category.',
    ALERT_UNKNOWN: 'There is no such alert.', DEVICE_UNKNOWN: 'There is no such device.', AREA_UNKNOWN: 'There is no such area.', VALIDATION_FAILED: 'Some fields need another look.',
    RULE_EXPRESSION_INVALID: 'The rule’s expression is not valid.', HTTP_404: 'The server does not know this address.', HTTP_502: 'A service behind the gateway is not available.', HTTP_503: 'The service is not available right now.', HTTP_504: 'A service behind the gateway did not answer.',
    SERVICE_UNAVAILABLE: 'A service behind the gateway is not available.', CROSS_ORIGIN_REFUSED: 'Please sign in on our own page.', IDEMPOTENCY_KEY_REUSED: 'The same submission came with other content.', PAYLOAD_TOO_LARGE: 'Too large.',
  },
};
