import { Controller, Get } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { READERS } from '@brain/contracts';
import { SCHEMES } from '../evaluations/domain/schemes.js';

@Controller('api/schemes')
@Roles(...READERS.scheme)
export class SchemesController {
  @Get()
  list() {
    return { items: SCHEMES, nextCursor: null };
  }
}
