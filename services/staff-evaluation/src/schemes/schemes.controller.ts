import { Controller, Get } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { SCHEMES } from '../evaluations/domain/schemes.js';

@Controller('api/schemes')
@Roles('evaluator', 'auditor', 'administrator', 'operator')
export class SchemesController {
  @Get()
  list() {
    return { items: SCHEMES, nextCursor: null };
  }
}
