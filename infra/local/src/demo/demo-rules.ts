import type { RuleDefinitionInput } from '@brain/contracts';
import type { DemoDeviceKind } from './device-kinds.js';

/** A rule and the key under which it is written, so that a second start writes nothing new. */
export interface DemoRule {
  readonly key: string;
  readonly definition: RuleDefinitionInput;
}

/** Thresholds after the usual defaults of the field; every one of them is meant to be changed by the district. */
export function demoRules(countyCode: string): readonly DemoRule[] {
  const rule = (key: string, kind: DemoDeviceKind, rest: Omit<RuleDefinitionInput, 'scope'>): DemoRule => ({
    key,
    definition: { scope: { kind, areaCode: countyCode }, ...rest },
  });
  return [
    rule('lift-room-hot', 'temperature', {
      name: '机房温度超过 60 °C',
      when: 'reading.temperature > 60.0',
      for: 'PT2M',
      clearWhen: 'reading.temperature < 55.0',
      severity: 'CRITICAL',
      openCase: { category: '01076', title: '机房温度超过 60 °C' },
    }),
    rule('smoke', 'smoke', {
      name: '烟感报警',
      when: 'reading.smoke == true',
      severity: 'CRITICAL',
      openCase: { category: '01013', title: '烟感报警，请立即核实' },
    }),
    rule('gas-alarm', 'combustible-gas', {
      name: '可燃气体达到 25 %LEL',
      when: 'reading.gas >= 25.0',
      clearWhen: 'reading.gas < 10.0',
      severity: 'CRITICAL',
      openCase: { category: '01011', title: '可燃气体浓度达到 25 %LEL' },
    }),
    rule('gas-warning', 'combustible-gas', {
      name: '可燃气体达到 10 %LEL',
      when: 'reading.gas >= 10.0 && reading.gas < 25.0',
      for: 'PT30S',
      severity: 'WARNING',
    }),
    rule('noise', 'noise', {
      name: '噪声持续高于 70 dB(A)',
      when: 'reading.noise > 70.0',
      for: 'PT5M',
      clearWhen: 'reading.noise < 65.0',
      severity: 'MINOR',
      openCase: { category: '06028', title: '噪声持续 5 分钟高于 70 dB(A)' },
    }),
    rule('flood', 'water-depth', {
      name: '积水深度超过 25 cm',
      when: 'reading.depth > 25.0',
      for: 'PT1M',
      clearWhen: 'reading.depth < 10.0',
      severity: 'CRITICAL',
      openCase: { category: '01067', title: '积水深度超过 25 cm' },
    }),
    rule('manhole-open', 'manhole', {
      name: '井盖打开或倾斜',
      when: 'reading.open == true || reading.tilt >= 15.0',
      severity: 'CRITICAL',
      openCase: { category: '01002', title: '井盖打开或倾斜' },
    }),
    rule('residual-current', 'electrical-fire', {
      name: '剩余电流超过 500 mA',
      when: 'reading.residualCurrent > 500.0',
      for: 'PT1M',
      clearWhen: 'reading.residualCurrent < 300.0',
      severity: 'MAJOR',
      openCase: { category: '01013', title: '剩余电流超过 500 mA，存在电气火灾隐患' },
    }),
    rule('cable-hot', 'electrical-fire', {
      name: '电缆温度超过 70 °C',
      when: 'reading.cableTemperature > 70.0',
      for: 'PT1M',
      clearWhen: 'reading.cableTemperature < 60.0',
      severity: 'WARNING',
    }),
    rule('door-open', 'door-magnet', {
      name: '消防门敞开超过 5 分钟',
      when: 'reading.open == true',
      for: 'PT5M',
      severity: 'MINOR',
    }),
    rule('sos', 'sos-button', {
      name: '紧急呼叫',
      when: 'reading.pressed == true',
      severity: 'CRITICAL',
      openCase: { category: '01066', title: '有人按下紧急呼叫按钮' },
    }),
    rule('fall', 'wristband', {
      name: '手环检测到跌倒',
      when: 'reading.fall == true',
      severity: 'CRITICAL',
      openCase: { category: '10000', title: '手环检测到跌倒，请上门查看' },
    }),
    rule('e-bike-in-lift', 'ebike-in-lift', {
      name: '电动车进入电梯',
      when: 'reading.present == true',
      severity: 'MAJOR',
      openCase: { category: '01076', title: '电动车进入电梯' },
    }),
    rule('fire-lane', 'lane-occupancy', {
      name: '消防通道被占用超过 5 分钟',
      when: 'reading.occupied == true',
      for: 'PT5M',
      severity: 'MAJOR',
      openCase: { category: '09012', title: '消防通道被占用超过 5 分钟' },
    }),
  ];
}
