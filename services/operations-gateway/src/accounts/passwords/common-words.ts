/**
 * What Chinese passwords are often made of and English lists do not know: love and family, numbers that sound like
 * words, words for password and account, places, and this product and its work. Most frequent first.
 */
export const COMMON_WORDS_ZH = [
  'admin', 'woaini', 'root', 'admin123', 'administrator', 'operator', 'auditor', 'huawei', 'xiaomi', 'tencent', 'alibaba', 'lenovo', 'brain', 'community',
  '5201314', '1314520', 'woaini1314', 'woaini520', '520', '1314', '521', '7758521', '7758258', '147258369', '159357',
  'woaiwojia', 'woaiziji', 'woaizhongguo', 'woaibeijing', 'aini', 'aini1314', 'xiangni', 'wojiushiwo', 'woshishui', 'nishishui',
  'mima', 'wodemima', 'mimashi', 'xinmima', 'mima123', 'mimamima', 'denglu', 'zhanghao', 'yonghu', 'yonghuming', 'zhuce', 'kouling',
  'guanliyuan', 'chaojiguanliyuan', 'xitong', 'xitongguanliyuan', 'anquan', 'anquanguanliyuan', 'shenji', 'shenjiyuan', 'caozuoyuan',
  'shequ', 'shequdanao', 'danao', 'wangge', 'wanggeyuan', 'zhiban', 'zhihui', 'zhihuizhongxin', 'zhongxin', 'jiedao', 'juweihui', 'gongzuo', 'gongsi', 'bangongshi', 'zhengfu', 'gongan', 'jingcha',
  'baobao', 'baobei', 'laopo', 'laogong', 'mama', 'baba', 'mamababa', 'erzi', 'nver', 'haizi', 'jiejie', 'gege', 'didi', 'meimei', 'qinaide', 'xihuan', 'kuaile', 'shengri', 'shengrikuaile', 'xingfu', 'pingan', 'jiankang', 'facai', 'gongxifacai', 'wanshiruyi',
  'zhongguo', 'zhonghua', 'zhongguoren', 'beijing', 'shanghai', 'guangzhou', 'shenzhen', 'tianjin', 'chongqing', 'nanjing', 'hangzhou', 'wuhan', 'chengdu', 'xian', 'nanshan', 'futian', 'luohu', 'guangdong',
  'zhang', 'wang', 'li', 'zhao', 'liu', 'chen', 'yang', 'huang', 'zhou', 'wu', 'xu', 'sun', 'zhu', 'zhangwei', 'wangwei', 'wangfang', 'liwei', 'lina', 'zhangmin', 'lijing', 'wangjing', 'liuwei', 'zhangli', 'wangxiuying', 'zhangsan', 'lisi', 'wangwu',
  'nihao', 'xiexie', 'zaijian', 'shouji', 'diannao', 'wangluo', 'qq123456', 'weixin', 'zhifubao', 'taobao', 'meiyou', 'buzhidao', 'suibian', 'ceshi', 'shiyan', 'laozi', 'caonima', 'shabi', 'wocao',
  '社区', '大脑', '社区大脑', '密码', '我爱你', '管理员', '中国', '北京', '上海', '深圳', '值班', '网格', '网格员', '一生一世', '生日快乐', '恭喜发财',
] as const;
