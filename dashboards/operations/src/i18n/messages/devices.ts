export const deviceMessages = {
  'zh-CN': {
    name: '设备名称', kind: '类型', online: '在线', offline: '离线', onlineState: '连接', lastSeen: '最近上报', never: '从未', state: '状态',
    'state-registered': '使用中', 'state-retired': '已停用', register: '登记设备', detail: '设备详情', retire: '停用设备', sureRetire: '停用后设备不能再上报，令牌失效。',
    token: '访问令牌', tokenOnce: '令牌只显示这一次，请立即保存。', tokenUse: '作为 MQTT 用户名连接，发布到 v1/devices/me/telemetry。',
    chart: '读数', metric: '指标', range: '范围', bucket: '粒度', raw: '原始', minute: '1 分钟', fiveMinutes: '5 分钟', hour: '1 小时', auto: '自动',
    lastHour: '近 1 小时', last6Hours: '近 6 小时', lastDay: '近 24 小时', lastWeek: '近 7 天', noReadings: '这段时间没有读数', latest: '最新读数', average: '平均', band: '最小–最大',
    lng: '经度', lat: '纬度', empty: '没有符合条件的设备', id: '设备编号', retired: '设备已停用', chooseMetric: '没有可画的指标', showRetired: '含已停用',
    wearer: '佩戴者', wearerHint: '无；按姓名查找，或粘贴人员编号', wearerExtra: '佩戴者的设备名称、位置和读数按此人加密，注销此人时一并删除。', wearerNew: '名册以外的人（新编号）', wearerUnlisted: '名册以外的人 {{id}}',
    renameHint: '设备名称可能含有原佩戴者的信息。请改名：此后名称按新的佩戴者保存，不随原佩戴者注销。', bothOrNeither: '经度和纬度要么都填，要么都不填', place: '位置',
    change: '变更设备', changed: '设备已变更', conflict: '其他人刚刚变更了此设备，您的操作尚未执行。', takeTheirs: '采用对方的变更', keepMine: '保留我填写的内容，再次保存',
  },
  en: {
    name: 'Device', kind: 'Kind', online: 'Online', offline: 'Offline', onlineState: 'Line', lastSeen: 'Last seen', never: 'never', state: 'State',
    'state-registered': 'In use', 'state-retired': 'Retired', register: 'Register a device', detail: 'Device', retire: 'Retire the device', sureRetire: 'A retired device can no longer publish; its token ends.',
    token: 'Access token', tokenOnce: 'The token is shown this once. Save it now.', tokenUse: 'Use it as the MQTT user name and publish to v1/devices/me/telemetry.',
    chart: 'Readings', metric: 'Metric', range: 'Range', bucket: 'Bucket', raw: 'Raw', minute: '1 minute', fiveMinutes: '5 minutes', hour: '1 hour', auto: 'Automatic',
    lastHour: 'Last hour', last6Hours: 'Last 6 hours', lastDay: 'Last 24 hours', lastWeek: 'Last 7 days', noReadings: 'No readings in this time', latest: 'Latest', average: 'average', band: 'min–max',
    lng: 'Longitude', lat: 'Latitude', empty: 'No device matches', id: 'Device id', retired: 'The device is retired', chooseMetric: 'No metric to draw', showRetired: 'Retired too',
    wearer: 'Worn by', wearerHint: 'Nobody; find by name, or paste an id', wearerExtra: 'Name, place and readings of a worn device are encrypted for its wearer, and deleted when that person is erased.', wearerNew: 'Somebody not on the register (a new id)', wearerUnlisted: 'Not on the register: {{id}}',
    renameHint: 'The name may speak of whoever wore it so far. Please change it: from now on it is kept as the next wearer’s and stays when the former one is erased.', bothOrNeither: 'Both longitude and latitude, or neither', place: 'Place',
    change: 'Change the device', changed: 'The device is changed', conflict: 'Somebody else has just changed this device. Nothing of yours is done yet.', takeTheirs: 'Take their change', keepMine: 'Keep what I entered and save again',
  },
};
