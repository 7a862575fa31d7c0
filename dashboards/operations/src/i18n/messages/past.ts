export const pastMessages = {
  'zh-CN': {
    past: '过去', title: '回看', now: '现在', timeBar: '时间轴', moment: '日期和时间', timeOfDay: '当天时刻', axis: '以谁的所知为准', speed: '播放速度',
    play: '播放', pause: '暂停', space: '空格', waiting: '正在读取后面的内容…', previous: '上一个变化', next: '下一个变化',
    hourBack: '后退 1 小时', hourOn: '前进 1 小时', minuteBack: '后退 1 分钟', minuteOn: '前进 1 分钟', dayBefore: '前一天', dayAfter: '后一天',
    'as-recorded': '当时所知', 'as-occurred': '事后所知', 'said-recorded': '与当时屏幕所见相同，后来才得知的不在其中', 'said-occurred': '按事情实际发生的时间，包括后来才得知的',
    backToLive: '回到实时', meanwhile: '实时有 {{count}} 条新预警', atNow: '已经播放到现在。', empty: '这个时刻之前还没有任何记录。',
    earliest: '从最早可看的时刻 {{time}} 看起', roomThen: '查看当时的态势', noneAfter: '此后 7 天内（或到现在为止）没有变化。', noneBefore: '此前 7 天内没有变化。', noCommands: '这是过去，不能执行操作。', seeToday: '查看今天的情况', alertToday: '查看预警今天的情况',
    feedKeys: 'J / K 选择 · Enter 打开 · 空格 播放 · ? 帮助',
  },
  en: {
    past: 'Past', title: 'Looking back', now: 'Now', timeBar: 'Time bar', moment: 'Date and time', timeOfDay: 'Time of day', axis: 'Whose knowledge', speed: 'Speed',
    play: 'Play', pause: 'Pause', space: 'Space', waiting: 'Reading what comes next…', previous: 'Change before', next: 'Next change',
    hourBack: 'One hour back', hourOn: 'One hour on', minuteBack: 'One minute back', minuteOn: 'One minute on', dayBefore: 'Day before', dayAfter: 'Day after',
    'as-recorded': 'As known then', 'as-occurred': 'As it turned out', 'said-recorded': 'What the screens showed then; what was heard of later is not in it', 'said-occurred': 'By the time things happened, with what was heard of later',
    backToLive: 'Back to live', meanwhile: 'New alerts live: {{count}}', atNow: 'Played up to now.', empty: 'Nothing was recorded yet at this moment.',
    earliest: 'Go to the earliest moment, {{time}}', roomThen: 'See the room at that time', noneAfter: 'No change in the 7 days after, or up to now.', noneBefore: 'No change in the 7 days before.', noCommands: 'This is the past: nothing can be done here.', seeToday: 'See it today', alertToday: 'See the alert today',
    feedKeys: 'J / K select · Enter open · Space play · ? help',
  },
};
