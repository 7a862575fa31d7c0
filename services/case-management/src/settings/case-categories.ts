import type { CaseCategory } from '../cases/domain/case.settings.js';
import type { Deadline } from '../cases/domain/deadline.js';

/**
 * 事项 of GB/T 47678.5-2026 that a community meets, with the deadline of the whole case. The standard's own time
 * limits are not public; where a district publishes one it is used (暴露垃圾, 积存垃圾渣土, 私搭乱建, 道路不洁, 绿地),
 * the others are defaults of this installation. Change a line: raise the version.
 */
export const CASE_CATEGORIES_VERSION = 'categories-2026.1';
/** 其他事项: what no other category describes. */
export const FALLBACK_CATEGORY = '10000';

const urgentHours = (amount: number): Deadline => ({ amount, unit: 'urgent-hour' });
const workingHours = (amount: number): Deadline => ({ amount, unit: 'working-hour' });
const workingDays = (amount: number): Deadline => ({ amount, unit: 'working-day' });
const naturalDays = (amount: number): Deadline => ({ amount, unit: 'natural-day' });

export const CASE_CATEGORIES: readonly CaseCategory[] = [
  category('01001', '供水井盖异常', 'Water supply manhole cover', urgentHours(2)),
  category('01002', '污水井盖异常', 'Sewage manhole cover', urgentHours(2)),
  category('01003', '雨水井盖异常', 'Rainwater manhole cover', urgentHours(2)),
  category('01004', '雨水箅子异常', 'Storm drain grate', urgentHours(4)),
  category('01011', '燃气井盖异常', 'Gas manhole cover', urgentHours(1)),
  category('01013', '消防设施异常', 'Fire-fighting facility', urgentHours(2)),
  category('01037', '路灯异常', 'Street lamp', workingDays(2)),
  category('01046', '户外健身设施异常', 'Outdoor fitness equipment', workingDays(3)),
  category('01050', '监控电子眼设施异常', 'Surveillance camera', workingDays(1)),
  category('01054', '充电桩异常', 'Charging post', workingHours(8)),
  category('01066', '紧急报警点SOS异常', 'SOS call point', urgentHours(1)),
  category('01067', '防汛监测设施异常', 'Flood monitoring facility', urgentHours(2)),
  category('01075', '快递柜异常', 'Parcel locker', workingDays(2)),
  category('01076', '公用电梯异常', 'Public lift', urgentHours(2)),
  category('02025', '非机动车停放点异常', 'Bicycle parking', workingDays(2)),
  category('02034', '无障碍设施异常', 'Barrier-free facility', workingDays(2)),
  category('03001', '公共厕所异常', 'Public toilet', workingHours(8)),
  category('03010', '环保监测站异常', 'Environmental monitoring station', workingDays(1)),
  category('04002', '行道树异常', 'Street tree', workingDays(2)),
  category('06001', '私搭乱建', 'Unlicensed construction', workingDays(7)),
  category('06010', '暴露垃圾', 'Exposed rubbish', workingHours(4)),
  category('06011', '积存垃圾渣土', 'Piled-up rubbish and rubble', workingDays(2)),
  category('06012', '道路不洁', 'Dirty road', workingHours(2)),
  category('06013', '道路破损', 'Damaged road', workingDays(5)),
  category('06017', '绿地脏乱', 'Untidy green space', workingHours(4)),
  category('06027', '油烟污染', 'Cooking fumes', workingDays(3)),
  category('06028', '噪声扰民', 'Noise nuisance', urgentHours(4)),
  category('06034', '废弃车辆', 'Abandoned vehicle', naturalDays(15)),
  category('06036', '乱堆杂物', 'Clutter', workingHours(8)),
  category('06040', '私设地锁、阻车桩', 'Private parking lock or post', workingDays(3)),
  category('06041', '垃圾未分类', 'Unsorted rubbish', workingHours(8)),
  category('06042', '垃圾站(箱)满溢', 'Overflowing rubbish station', workingHours(4)),
  category('06045', '非法占绿毁绿', 'Destroyed green space', workingDays(5)),
  category('06051', '盲道缺损', 'Damaged tactile paving', workingDays(3)),
  category('07001', '非法小广告', 'Illegal small advertisement', workingDays(1)),
  category('07003', '违规户外广告', 'Unlicensed outdoor advertisement', workingDays(5)),
  category('08001', '施工扰民', 'Construction nuisance', urgentHours(4)),
  category('08002', '施工占道', 'Construction on the road', workingDays(1)),
  category('08004', '工地扬尘', 'Construction dust', workingHours(4)),
  category('09001', '无照经营游商', 'Unlicensed street trade', workingHours(4)),
  category('09005', '店外经营', 'Trade outside the shop', workingHours(4)),
  category('09009', '机动车乱停放', 'Badly parked car', workingHours(4)),
  category('09010', '非机动车乱停放', 'Badly parked bicycle', workingHours(8)),
  category('09012', '占用消防通道', 'Blocked fire lane', urgentHours(1)),
  category('09019', '占用无障碍通道', 'Blocked barrier-free passage', urgentHours(4)),
  category('10001', '道路积雪、结冰', 'Snow or ice on the road', urgentHours(12)),
  category('10002', '架空线缆脱落', 'Fallen overhead cable', urgentHours(4)),
  local(FALLBACK_CATEGORY, '其他事项', 'Other matter', workingDays(3)),
];

function category(code: string, zh: string, en: string, deadline: Deadline): CaseCategory {
  return { standardRef: 'GB/T 47678.5-2026', kind: '事项', code, name: { zh, en }, deadline };
}

/** An extension of this installation, as the standard permits. */
function local(code: string, zh: string, en: string, deadline: Deadline): CaseCategory {
  return { standardRef: 'LOCAL', kind: '事项', code, name: { zh, en }, deadline };
}
