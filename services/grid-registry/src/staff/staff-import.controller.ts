import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { CurrentRequest, type RequestContext } from '@brain/service-kit';
import type { Request } from 'express';
import { GRID_CONFIG, type GridConfig } from '../config.js';
import type { ImportCounts } from '../uploads/import-answer.js';
import { readUpload } from '../uploads/read-upload.js';
import { ImportedStaffIds } from './imported-staff-ids.js';
import { importStaff } from './staff-import.js';
import { StaffOffice } from './staff-office.js';

@Controller('api/staff')
export class StaffImportController {
  constructor(
    private readonly office: StaffOffice,
    private readonly ids: ImportedStaffIds,
    @Inject(GRID_CONFIG) private readonly config: GridConfig,
  ) {}

  @Post('import')
  @Roles('administrator')
  @HttpCode(200)
  async import(@CurrentRequest() request: RequestContext, @Req() upload: Request): Promise<ImportCounts> {
    const { bytes } = await readUpload(upload, ['text/csv'], this.config.GRID_IMPORT_MAX_BYTES);
    return importStaff(bytes, this.office, this.ids, request);
  }
}
