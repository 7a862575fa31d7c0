import type { MetricValue } from '@brain/contracts';

/** What a metric reads on an ordinary day; the simulator moves about in it. */
export type NormalReading =
  | { readonly type: 'number'; readonly least: number; readonly most: number; readonly decimals: number }
  | { readonly type: 'bit'; readonly value: boolean };

export interface DemoMetric {
  readonly name: string;
  /** Empty for a bit. */
  readonly unit: string;
  readonly normal: NormalReading;
}

/** A plausible fault: the values a device shows while it lasts. */
export interface FaultProfile {
  readonly values: Readonly<Record<string, MetricValue>>;
  readonly lastsSeconds: number;
}

export interface DeviceKind {
  readonly kind: string;
  /** How often it publishes. */
  readonly everySeconds: number;
  readonly metrics: readonly DemoMetric[];
  readonly fault: FaultProfile;
  /** What such a device is called, after where it stands. */
  readonly names: readonly [string, ...string[]];
  /** Numbered after the building (栋) it stands in; else after its place in the open. */
  readonly isIndoors: boolean;
}

const number = (name: string, unit: string, least: number, most: number, decimals = 1): DemoMetric => ({
  name,
  unit,
  normal: { type: 'number', least, most, decimals },
});
const bit = (name: string, value = false): DemoMetric => ({ name, unit: '', normal: { type: 'bit', value } });

/** The twelve kinds of device in the demo: the one place for their metrics, for rules, devices and the simulator. */
export const DEVICE_KINDS = [
  {
    kind: 'temperature',
    everySeconds: 10,
    metrics: [number('temperature', '°C', 22, 38), number('humidity', '%RH', 45, 80)],
    fault: { values: { temperature: 66.5, humidity: 31 }, lastsSeconds: 240 },
    names: ['电梯机房温度', '配电间温度', '水泵房温度'],
    isIndoors: true,
  },
  {
    kind: 'smoke',
    everySeconds: 15,
    metrics: [bit('smoke'), number('density', 'dB/m', 0, 0.02, 3)],
    fault: { values: { smoke: true, density: 0.31 }, lastsSeconds: 90 },
    names: ['楼道烟感', '地下车库烟感', '电瓶车棚烟感'],
    isIndoors: true,
  },
  {
    kind: 'combustible-gas',
    everySeconds: 10,
    metrics: [number('gas', '%LEL', 0, 3)],
    fault: { values: { gas: 31.2 }, lastsSeconds: 120 },
    names: ['燃气管道井', '厨房燃气探测', '燃气调压箱'],
    isIndoors: true,
  },
  {
    kind: 'noise',
    everySeconds: 10,
    metrics: [number('noise', 'dB(A)', 42, 62)],
    fault: { values: { noise: 78.4 }, lastsSeconds: 420 },
    names: ['广场噪声', '工地噪声', '商业街噪声'],
    isIndoors: false,
  },
  {
    kind: 'water-depth',
    everySeconds: 15,
    metrics: [number('depth', 'cm', 0, 1.5)],
    fault: { values: { depth: 28.6 }, lastsSeconds: 300 },
    names: ['下穿通道积水', '地下车库入口积水', '低洼路段积水'],
    isIndoors: false,
  },
  {
    kind: 'manhole',
    everySeconds: 30,
    metrics: [bit('open'), number('tilt', '°', 0, 3)],
    fault: { values: { open: true, tilt: 37 }, lastsSeconds: 180 },
    names: ['污水井盖', '雨水井盖', '燃气井盖'],
    isIndoors: false,
  },
  {
    kind: 'electrical-fire',
    everySeconds: 15,
    metrics: [number('residualCurrent', 'mA', 40, 180, 0), number('cableTemperature', '°C', 28, 46)],
    fault: { values: { residualCurrent: 540, cableTemperature: 74 }, lastsSeconds: 180 },
    names: ['配电箱剩余电流', '充电桩配电', '商铺配电箱'],
    isIndoors: true,
  },
  {
    kind: 'door-magnet',
    everySeconds: 30,
    metrics: [bit('open')],
    fault: { values: { open: true }, lastsSeconds: 400 },
    names: ['消防通道门磁', '天台门磁', '设备间门磁'],
    isIndoors: true,
  },
  {
    kind: 'sos-button',
    everySeconds: 60,
    metrics: [bit('pressed')],
    fault: { values: { pressed: true }, lastsSeconds: 60 },
    names: ['独居老人呼叫按钮', '公厕求助按钮', '电梯轿厢求助'],
    isIndoors: true,
  },
  {
    kind: 'wristband',
    everySeconds: 20,
    metrics: [bit('fall'), number('heartRate', 'bpm', 58, 96, 0), number('spo2', '%', 94, 99, 0)],
    fault: { values: { fall: true, heartRate: 128, spo2: 91 }, lastsSeconds: 60 },
    names: ['长者手环', '康养手环'],
    isIndoors: true,
  },
  {
    kind: 'ebike-in-lift',
    everySeconds: 20,
    metrics: [bit('present')],
    fault: { values: { present: true }, lastsSeconds: 60 },
    names: ['客梯电动车识别', '货梯电动车识别'],
    isIndoors: true,
  },
  {
    kind: 'lane-occupancy',
    everySeconds: 20,
    metrics: [bit('occupied')],
    fault: { values: { occupied: true }, lastsSeconds: 600 },
    names: ['消防通道占用', '消防登高面占用'],
    isIndoors: false,
  },
] as const satisfies readonly DeviceKind[];

export type DemoDeviceKind = (typeof DEVICE_KINDS)[number]['kind'];
