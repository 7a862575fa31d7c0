import { Controller, Get, Inject, Query } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { READERS } from '@brain/contracts';
import { AnswersThePast, CurrentRequest, decodeCursor, listQuery, page, ReadsPersonalData, type RequestContext } from '@brain/service-kit';
import { z } from 'zod';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { loadFormula } from './domain/case-weight.js';
import { WorkloadBoard } from './workload.query.js';

const workloadQuery = listQuery.extend({ explain: z.enum(['true', 'false']).default('false') });
type WorkloadQuery = z.infer<typeof workloadQuery>;

@Controller('api/staff/workload')
@Roles(...READERS.workload)
export class WorkloadController {
  constructor(
    private readonly board: WorkloadBoard,
    @Inject(CASES_CONFIG) private readonly config: CasesConfig,
  ) {}

  @Get()
  @ReadsPersonalData('workload')
  @AnswersThePast()
  async list(@Query({ schema: workloadQuery }) { limit, cursor, explain }: WorkloadQuery, @CurrentRequest() { actor, now }: RequestContext) {
    const [after = ''] = decodeCursor(cursor, 1) ?? [];
    const rows = await this.board.visibleTo(actor, now, String(after));
    const { items, nextCursor } = page(rows, limit, ({ workload }) => [workload.staffId]);
    if (explain === 'false') return { items: items.map(({ workload }) => workload), nextCursor };
    const explained = items.map(({ workload, cases }) => ({ ...workload, cases }));
    return { items: explained, nextCursor, formula: loadFormula(this.config.CASES_CAPACITY) };
  }
}
