import { pick, type Random } from './seeded-random.js';

const SURNAMES = [...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹'] as [string, ...string[]];
const GIVEN_NAMES: readonly [string, ...string[]] = [
  '静', '强', '敏', '磊', '洋', '艳', '勇', '军', '杰', '娟',
  '丽娜', '志强', '晓燕', '建华', '海燕', '文博', '雨欣', '国栋', '佳怡', '俊豪',
  '思远', '春梅', '振宇', '慧玲', '天宇', '雪莹', '立新', '秀兰', '浩然', '婉婷',
];

/** An invented name that nobody in the demo has yet. */
export function inventedName(random: Random, taken: Set<string>): string {
  for (;;) {
    const name = pick(random, SURNAMES) + pick(random, GIVEN_NAMES);
    if (!taken.has(name)) {
      taken.add(name);
      return name;
    }
  }
}
