export const ingestionMessages = {
  'zh-CN': {
    refused: '被拒收的消息', counts: '对账', deadLetters: '死信', receivedAt: '接收时间', code: '代码', detail: '说明', path: '字段', topic: '主题', payload: '内容', size: '大小',
    unknownDevice: '未知设备', emptyRefused: '没有被拒收的消息', emptyCounts: '这段时间没有消息', emptyDead: '没有死信', minute: '分钟',
    received: '接收', stored: '入库', duplicates: '重复', refusedCount: '拒收', balance: '对账结果', balanced: '平', unbalanced: '差 {{count}}',
    countsHint: '每台设备每分钟：接收 = 入库 + 重复 + 拒收。以下为最近 15 分钟。', refusedHint: '已应答（PUBACK）但被拒收的消息：保留原因，从不静默丢弃。', deadHint: '处理程序多次失败的消息，可重新投递。',
    group: '消费组', error: '错误', failedAt: '失败时间', replay: '重新投递', replayed: '已重新投递', replayedAt: '投递于 {{time}}', allDevices: '合计',
  },
  en: {
    refused: 'Refused messages', counts: 'Reconciliation', deadLetters: 'Dead letters', receivedAt: 'Received', code: 'Code', detail: 'Detail', path: 'Field', topic: 'Topic', payload: 'Payload', size: 'Size',
    unknownDevice: 'Unknown device', emptyRefused: 'No message was refused', emptyCounts: 'No messages in this time', emptyDead: 'No dead letters', minute: 'Minute',
    received: 'Received', stored: 'Stored', duplicates: 'Duplicates', refusedCount: 'Refused', balance: 'Balance', balanced: 'even', unbalanced: 'off by {{count}}',
    countsHint: 'Per device and minute: received = stored + duplicates + refused. The last 15 minutes.', refusedHint: 'Acknowledged (PUBACK) and refused: kept with the reason, never silently dropped.', deadHint: 'Messages a handler failed on again and again; they can be delivered once more.',
    group: 'Group', error: 'Error', failedAt: 'Failed', replay: 'Deliver again', replayed: 'Delivered again', replayedAt: 'again {{time}}', allDevices: 'Total',
  },
};
