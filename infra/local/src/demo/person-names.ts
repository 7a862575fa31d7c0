import { pick, type Random } from './seeded-random.js';

const SURNAMES: readonly [string, ...string[]] = [
  '王', '李', '张', '刘', '陈', '杨', '黄', '赵', '吴', '周',
  '徐', '孙', '马', '朱', '胡', '郭', '何', '林', '罗', '高',
  '郑', '梁', '谢', '宋', '唐', '许', '邓', '冯', '韩', '曹',
];
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
