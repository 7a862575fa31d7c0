import { areaBoundaryDrawnV1, areaRegisteredV1, deviceRegisteredV1, ruleDefinedV1, staffRegisteredV1, type AreaKind, type Location, type Role } from '@brain/contracts';
import type { Storyteller } from './storyteller.js';

const COUNTY = '440305';
const SURNAMES = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周', '徐', '孙', '马', '朱', '胡', '郭', '何', '林'];
const GIVEN = ['静', '强', '敏', '磊', '洋', '志强', '晓燕', '建华', '海燕', '文博', '雨欣', '国栋', '佳怡', '俊豪', '思远', '春梅'];
const POSTS = ['网格员', '网格长', '社区书记', '街道调度员'];
const ADMIN = { type: 'user', id: 'simulated-administrator' } as const;

export interface SimulatedRule {
  readonly ruleId: string;
  readonly kind: string;
  readonly metric: string;
  readonly name: string;
  readonly limit: number;
  readonly severity: 'CRITICAL' | 'MAJOR' | 'MINOR' | 'WARNING';
  readonly category: string | null;
}

export interface SimulatedDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly areaCode: string;
  readonly location: Location;
  readonly rule: SimulatedRule;
}

export interface SimulatedWorker {
  readonly staffId: string;
  readonly accountId: string;
  readonly areaCode: string;
}

export interface Town {
  readonly grids: readonly string[];
  readonly staff: readonly SimulatedWorker[];
  readonly devices: readonly SimulatedDevice[];
}

const RULES: readonly Omit<SimulatedRule, 'ruleId'>[] = [
  { kind: 'temperature', metric: 'temperature', name: '机房温度超过 60 °C', limit: 60, severity: 'CRITICAL', category: '01076' },
  { kind: 'combustible-gas', metric: 'gas', name: '可燃气体达到 25 %LEL', limit: 25, severity: 'CRITICAL', category: '01011' },
  { kind: 'noise', metric: 'noise', name: '噪声持续高于 70 dB(A)', limit: 70, severity: 'MINOR', category: '06028' },
  { kind: 'water-depth', metric: 'depth', name: '积水深度超过 25 cm', limit: 25, severity: 'CRITICAL', category: '01067' },
  { kind: 'manhole', metric: 'tilt', name: '井盖打开或倾斜', limit: 15, severity: 'CRITICAL', category: '01002' },
  { kind: 'electrical-fire', metric: 'residualCurrent', name: '剩余电流超过 500 mA', limit: 500, severity: 'MAJOR', category: '01013' },
  { kind: 'lane-occupancy', metric: 'minutes', name: '消防通道被占用超过 5 分钟', limit: 5, severity: 'WARNING', category: null },
];

/** A county of 8 streets with everything in it registered, the larger the more events are to come of it. */
export function registerTown(teller: Storyteller, events: number): Town {
  const grids = registerAreas(teller);
  const rules = RULES.map((rule) => defineRule(teller, { ...rule, ruleId: teller.random.uuid() }));
  const staff = Array.from({ length: Math.max(20, Math.round(events / 2_000)) }, () => registerWorker(teller, grids));
  const devices = Array.from({ length: Math.max(100, Math.round(events / 200)) }, (_, n) => registerDevice(teller, grids, rules, n));
  return { grids, staff, devices };
}

function registerAreas(teller: Storyteller): readonly string[] {
  const register = (code: string, kind: AreaKind, name: string, parentCode: string | null) => {
    const registered = teller.tell(areaRegisteredV1, `area-${code}`, { code, kind, name, parentCode }, { actor: ADMIN, areaCode: code });
    const [lng, lat] = [113.9 + teller.random.next() / 5, 22.5 + teller.random.next() / 5];
    const ring = Array.from({ length: 24 }, (_, n) => [lng + Math.cos((n * Math.PI) / 12) / 200, lat + Math.sin((n * Math.PI) / 12) / 200]);
    const boundary = { type: 'Polygon' as const, coordinates: [[...ring, ring[0] ?? []]] };
    teller.tell(areaBoundaryDrawnV1, `area-${code}`, { code, edition: 1, validFrom: teller.time(), invented: true, boundary }, { actor: ADMIN, areaCode: code, cause: registered });
  };
  const two = (n: number) => String(n).padStart(3, '0');
  register(COUNTY, 'county', '南山区', null);
  const grids: string[] = [];
  for (let s = 1; s <= 8; s += 1) {
    const street = COUNTY + two(s);
    register(street, 'street', `第${String(s)}街道`, COUNTY);
    for (let c = 1; c <= 5; c += 1) {
      const community = street + two(c);
      register(community, 'community', `第${String(s)}街道第${String(c)}社区居委会`, street);
      for (let g = 1; g <= 8; g += 1) {
        grids.push(community + two(g));
        register(community + two(g), 'grid', `第${String(g)}网格`, community);
      }
    }
  }
  return grids;
}

function defineRule(teller: Storyteller, rule: SimulatedRule): SimulatedRule {
  const { ruleId, kind, metric, name, limit, severity, category } = rule;
  const openCase = category === null ? null : { category, title: name };
  const definition = { name, scope: { kind, areaCode: COUNTY }, when: `reading.${metric} > ${String(limit)}.0`, for: 'PT1M', clearWhen: null, severity, openCase };
  teller.tell(ruleDefinedV1, `rule-${ruleId}`, { ruleId, ...definition }, { actor: ADMIN });
  return rule;
}

function registerWorker(teller: Storyteller, grids: readonly string[]): SimulatedWorker {
  const { random } = teller;
  const areaCode = random.pick(grids).slice(0, random.chance(0.8) ? 15 : 12);
  const worker = { staffId: random.uuid(), accountId: random.uuid(), areaCode };
  const roles: Role[] = ['grid-worker'];
  const profile = { name: random.pick(SURNAMES) + random.pick(GIVEN), roles, areaCodes: [areaCode], skills: ['巡查'], post: random.pick(POSTS) };
  teller.tell(staffRegisteredV1, `staff-${worker.staffId}`, { staffId: worker.staffId, ...profile }, { actor: ADMIN, areaCode });
  return worker;
}

function registerDevice(teller: Storyteller, grids: readonly string[], rules: readonly SimulatedRule[], n: number): SimulatedDevice {
  const { random } = teller;
  const rule = random.pick(rules);
  const location = { lng: 113.9 + random.next() / 5, lat: 22.5 + random.next() / 5 };
  const device = { deviceId: random.uuid(), name: `${String(n + 1)}号${rule.name.slice(0, 2)}探头`, areaCode: random.pick(grids), location, rule };
  const { deviceId, name, areaCode } = device;
  teller.tell(deviceRegisteredV1, `device-${deviceId}`, { deviceId, name, kind: rule.kind, areaCode, location }, { actor: ADMIN, areaCode });
  return device;
}
