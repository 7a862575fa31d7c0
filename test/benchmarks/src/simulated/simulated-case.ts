import {
  caseAcceptedV1,
  caseBecameOverdueV1,
  caseClosedV1,
  caseCompletedV1,
  caseDispatchedV1,
  caseExtendedV1,
  caseRatedV1,
  caseReportedV1,
  caseResumedV1,
  caseReworkOrderedV1,
  caseSentBackV1,
  caseStartedV1,
  caseSuspendedV1,
  caseVerifiedV1,
  type CaseReported,
  type CaseSource,
  type Severity,
} from '@brain/contracts';
import type { SimulatedWorker, Town } from './simulated-town.js';
import type { Storyteller } from './storyteller.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RULE = { type: 'system', id: 'dispatch-rule' } as const;
const OPERATOR = '6f1de7a4-9d1a-4c55-8f0e-2f3f6f1b7c01';
const RESULTS = ['已到现场处置，隐患排除。', '联系物业更换设备，恢复正常。', '劝离占用车辆，通道畅通。', '核实为误报，已复位探头。'];
const PLACES = ['三栋二单元门口', '小区东门消防通道', '地下车库电梯机房', '菜市场北侧路口', '中心小学后门', '老年活动中心一楼'];

export interface NewCase {
  readonly caseId: string;
  readonly areaCode: string;
  readonly category: string;
  readonly title: string;
  readonly severity: Severity;
  readonly location: CaseReported['data']['location'];
  readonly source: CaseSource;
  /** The alert's event, when one led to it. */
  readonly cause?: string;
  readonly correlation?: string;
}

/** A case from its report to its closing, or as far as it comes before the end of the record. */
export function* caseCourse(teller: Storyteller, town: Town, opened: NewCase): Generator<number, void, void> {
  const { random } = teller;
  const { caseId, areaCode, cause, correlation, ...rest } = opened;
  const stream = `case-${caseId}`;
  const dueAt = teller.now + random.whole(12, 72) * HOUR;
  const beginning = { areaCode, ...(cause === undefined ? {} : { cause }), ...(correlation === undefined ? {} : { correlation }) };
  const byRule = rest.source.kind === 'alert';
  const actor = byRule ? RULE : ({ type: 'user', id: OPERATOR } as const);
  const reported = teller.tell(
    caseReportedV1,
    stream,
    {
      caseId,
      ...rest,
      number: `SIM-${teller.time().slice(0, 10).replaceAll('-', '')}-${caseId.slice(0, 8)}`,
      areaCode,
      description: byRule ? '' : `居民反映：${random.pick(PLACES)}，${rest.title}，请尽快处理。`,
      reportedBy: actor.id,
      openedAt: teller.time(),
      dueAt: teller.time(dueAt),
      settingsVersion: '1',
    },
    { actor, ...beginning },
  );
  const accepted = teller.tell(caseAcceptedV1, stream, { caseId, by: actor.id, at: teller.time() }, { actor, areaCode, cause: reported });
  yield random.waitMs(10 * MINUTE);
  let worker = dispatch(teller, town, opened, accepted);
  yield random.waitMs(30 * MINUTE);
  if (random.chance(0.05)) {
    teller.tell(caseSentBackV1, stream, { caseId, by: worker.accountId, performedBy: worker.staffId, reason: '不在本网格范围内，请重新派遣。', at: teller.time() }, person(worker.accountId, areaCode));
    yield random.waitMs(20 * MINUTE);
    worker = dispatch(teller, town, opened, accepted);
    yield random.waitMs(30 * MINUTE);
  }
  yield* work(teller, opened, worker, dueAt);
  yield* finish(teller, opened, dueAt);
}

function dispatch(teller: Storyteller, { staff }: Town, { caseId, areaCode }: NewCase, cause: string): SimulatedWorker {
  const candidates = Array.from({ length: 3 }, () => teller.random.pick(staff));
  const worker = candidates[0] ?? teller.random.pick(staff);
  const reason = { rule: 'lowest-load' as const, candidates: candidates.map((one, load) => ({ staffId: one.staffId, load, areaCode: one.areaCode })) };
  const data = { caseId, assignee: worker.staffId, dispatchedBy: RULE.id, dispatchedAt: teller.time(), reason };
  teller.tell(caseDispatchedV1, `case-${caseId}`, data, { actor: RULE, areaCode, cause });
  return worker;
}

function* work(teller: Storyteller, { caseId, areaCode }: NewCase, worker: SimulatedWorker, dueAt: number): Generator<number, void, void> {
  const { random } = teller;
  const stream = `case-${caseId}`;
  const hand = { caseId, by: worker.accountId, performedBy: worker.staffId };
  for (;;) {
    teller.tell(caseStartedV1, stream, { ...hand, at: teller.time() }, person(worker.accountId, areaCode));
    if (random.chance(0.04)) {
      const reviewAt = teller.time(teller.now + 24 * HOUR);
      teller.tell(caseSuspendedV1, stream, { caseId, by: OPERATOR, reason: '等待配件到货。', reviewAt, at: teller.time() }, person(OPERATOR, areaCode));
      yield random.waitMs(12 * HOUR);
      teller.tell(caseResumedV1, stream, { caseId, by: OPERATOR, dueAt: teller.time(dueAt), at: teller.time() }, person(OPERATOR, areaCode));
    }
    yield random.waitMs(4 * HOUR);
    const evidence = [`sha256-${random.uuid().replaceAll('-', '')}`];
    teller.tell(caseCompletedV1, stream, { ...hand, result: random.pick(RESULTS), evidence, at: teller.time() }, person(worker.accountId, areaCode));
    yield random.waitMs(2 * HOUR);
    if (!random.chance(0.05)) return;
    teller.tell(caseReworkOrderedV1, stream, { caseId, by: OPERATOR, reason: '照片不清楚，请重新处置。', at: teller.time() }, person(OPERATOR, areaCode));
    yield random.waitMs(HOUR);
  }
}

function* finish(teller: Storyteller, { caseId, areaCode }: NewCase, dueAt: number): Generator<number, void, void> {
  const { random } = teller;
  const stream = `case-${caseId}`;
  if (random.chance(0.05)) {
    const later = teller.time(Math.max(dueAt, teller.now) + 24 * HOUR);
    teller.tell(caseExtendedV1, stream, { caseId, by: OPERATOR, reason: '现场情况复杂，同意延期。', dueAt: later, at: teller.time() }, person(OPERATOR, areaCode));
  } else if (teller.now > dueAt) {
    teller.tell(caseBecameOverdueV1, stream, { caseId, dueAt: teller.time(dueAt), at: teller.time() }, { actor: RULE, areaCode });
  }
  teller.tell(caseVerifiedV1, stream, { caseId, by: OPERATOR, comment: '现场核查通过。', at: teller.time() }, person(OPERATOR, areaCode));
  yield random.waitMs(HOUR);
  teller.tell(caseClosedV1, stream, { caseId, by: OPERATOR, onTime: teller.now <= dueAt, closedAt: teller.time() }, person(OPERATOR, areaCode));
  if (random.chance(0.4)) {
    yield random.waitMs(24 * HOUR);
    teller.tell(caseRatedV1, stream, { caseId, by: OPERATOR, satisfaction: random.whole(3, 5), comment: '处理及时，满意。', at: teller.time() }, person(OPERATOR, areaCode));
  }
  teller.close(stream);
}

function person(id: string, areaCode: string) {
  return { actor: { type: 'user', id } as const, areaCode };
}
