/** Chinese first, English beside it: both readers have one page. */
export type Words = readonly [zh: string, en: string];

export const STATE_WORDS: Readonly<Record<string, Words>> = {
  reported: ['已上报', 'reported'],
  accepted: ['已立案', 'accepted'],
  dispatched: ['已派遣', 'dispatched'],
  'in-progress': ['处置中', 'in progress'],
  suspended: ['已挂账', 'suspended'],
  completed: ['已处置', 'completed'],
  verified: ['已核查', 'verified'],
  closed: ['已结案', 'closed'],
  voided: ['已作废', 'voided'],
  merged: ['已合并', 'merged'],
  unknown: ['不详', 'not told here'],
};

export const ABOUT_WORDS: Readonly<Record<'case' | 'person' | 'evaluation', Words>> = {
  case: ['案件证据包', 'Evidence package of a case'],
  person: ['人员证据包', 'Evidence package of a person'],
  evaluation: ['评价证据包', 'Evidence package of an evaluation'],
};

export const ACTOR_WORDS: Readonly<Record<string, Words>> = {
  system: ['系统', 'system'],
  device: ['设备', 'device'],
};

export const FIELD_WORDS: Readonly<Record<string, Words>> = {
  number: ['案件编号', 'number'],
  title: ['标题', 'title'],
  description: ['描述', 'description'],
  category: ['事项类别', 'category'],
  severity: ['级别', 'severity'],
  dueAt: ['时限', 'due'],
  assignee: ['处置人', 'assignee'],
  performedBy: ['处置人', 'done by'],
  reason: ['原因', 'reason'],
  result: ['结果', 'result'],
  comment: ['意见', 'comment'],
  text: ['内容', 'text'],
  onTime: ['按期', 'on time'],
  deviceName: ['设备', 'device'],
  name: ['姓名', 'name'],
  kind: ['种类', 'kind'],
  code: ['代码', 'code'],
  rating: ['评分', 'rating'],
  availability: ['在岗状态', 'availability'],
};
