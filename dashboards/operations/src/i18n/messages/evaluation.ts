export const evaluationMessages = {
  'zh-CN': {
    scheme: '评价方案', period: '评价周期', compute: '计算', past: '历次结果', person: '人员', indicator: '指标', value: '得分', interval: '95% 区间', sample: '分子 / 分母', notEnough: '案件不足', evidence: '依据', evidenceOf: '{{name}} 的依据', counted: '计入分子', notCounted: '未计入',
    asOf: '数据截至', position: '事件位置', version: '版本 {{version}}', choose: '选择方案与周期后计算，或打开一次历史结果。', empty: '该周期内没有可评价的人员', case: '案件', event: '事件', minimum: '最小样本 {{count}}', check: '核对', checkSame: '重算一致', checkDiffers: '重算不一致', explain: '得分为区间中点附近的估计，样本越小区间越宽；样本不足时不给分。', computedAt: '计算于', median: '中位数',
  },
  en: {
    scheme: 'Scheme', period: 'Period', compute: 'Compute', past: 'Earlier results', person: 'Person', indicator: 'Indicator', value: 'Score', interval: '95 % interval', sample: 'Counted / cases', notEnough: 'Not enough cases', evidence: 'Evidence', evidenceOf: 'Evidence for {{name}}', counted: 'counted', notCounted: 'not counted',
    asOf: 'As of', position: 'Event position', version: 'version {{version}}', choose: 'Choose a scheme and a period and compute, or open an earlier result.', empty: 'Nobody to score in this period', case: 'Case', event: 'Event', minimum: 'at least {{count}} cases', check: 'Check', checkSame: 'Same again', checkDiffers: 'Differs when computed again', explain: 'The smaller the sample, the wider the interval; below the minimum there is no score.', computedAt: 'Computed', median: 'Median',
  },
};
