import { Controller, Get, Inject, Query } from '@nestjs/common';
import { CurrentActor, type Actor } from '@brain/auth';
import type { StaffWorkload } from '@brain/contracts';
import { Clock, decodeCursor, listQuery, page } from '@brain/service-kit';
import { z } from 'zod';
import { CASES_CONFIG, type CasesConfig } from '../config.js';
import { loadFormula } from './domain/case-weight.js';
import { WorkloadBoard, type ExplainedWorkload } from './workload.query.js';

const workloadQuery = listQuery.extend({ explain: z.enum(['true', 'false']).default('false') });
type WorkloadQuery = z.infer<typeof workloadQuery>;

@Controller('api/staff/workload')
export class WorkloadController {
  constructor(
    private readonly board: WorkloadBoard,
    private readonly clock: Clock,
    @Inject(CASES_CONFIG) private readonly config: CasesConfig,
  ) {}

  @Get()
  async list(@Query({ schema: workloadQuery }) { limit, cursor, explain }: WorkloadQuery, @CurrentActor() actor: Actor) {
    const [after = ''] = decodeCursor(cursor, 1) ?? [];
    const rows = await this.board.visibleTo(actor, this.clock.now(), String(after));
    const { items, nextCursor } = page(rows, limit, ({ staffId }) => [staffId]);
    if (explain === 'true') return { items, nextCursor, formula: loadFormula(this.config.CASES_CAPACITY) };
    return { items: items.map(withoutCases), nextCursor };
  }
}

function withoutCases({ cases: _, ...workload }: ExplainedWorkload): StaffWorkload {
  return workload;
}
