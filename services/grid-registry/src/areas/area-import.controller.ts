import { Controller, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { CurrentRequest, type RequestContext } from '@brain/service-kit';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { GRID_CONFIG, type GridConfig } from '../config.js';
import { importAnswer, type ImportAnswer } from '../uploads/import-answer.js';
import { readUpload } from '../uploads/read-upload.js';
import { AreaImporter } from './import/area-importer.js';
import { readAreaCsv } from './import/read-area-csv.js';
import { readAreaGeoJson } from './import/read-area-geojson.js';

const importQuery = z.object({ atomic: z.stringbool().default(false) });

@Controller('api/areas')
export class AreaImportController {
  constructor(
    private readonly importer: AreaImporter,
    @Inject(GRID_CONFIG) private readonly config: GridConfig,
  ) {}

  /** Body: `text/csv` with columns code,name, or `application/geo+json`. */
  @Post('import')
  @Roles('administrator')
  @HttpCode(200)
  async import(
    @Query({ schema: importQuery }) { atomic }: z.infer<typeof importQuery>,
    @CurrentRequest() request: RequestContext,
    @Req() upload: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportAnswer> {
    const { mediaType, bytes } = await readUpload(upload, ['text/csv', 'application/geo+json'], this.config.GRID_IMPORT_MAX_BYTES);
    const file = mediaType === 'text/csv' ? await readAreaCsv(bytes) : readAreaGeoJson(bytes);
    return importAnswer(response, await this.importer.run(file, request, atomic), atomic);
  }
}
