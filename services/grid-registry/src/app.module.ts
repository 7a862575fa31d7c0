import { fileURLToPath } from 'node:url';
import { Module, type DynamicModule } from '@nestjs/common';
import { TOPICS } from '@brain/contracts';
import { ServiceKitModule } from '@brain/service-kit';
import { AreaBoundaryQuery } from './areas/area-boundary.query.js';
import { AreaImportController } from './areas/area-import.controller.js';
import { AreaListQuery } from './areas/area-list.query.js';
import { AreaRegister } from './areas/area-register.js';
import { AreasController } from './areas/areas.controller.js';
import { AreaImporter } from './areas/import/area-importer.js';
import { GRID_CONFIG, type GridConfig } from './config.js';
import { ErasureDesk } from './erasures/erasure-desk.js';
import { ErasureExecutor } from './erasures/erasure-executor.js';
import { ErasuresController } from './erasures/erasures.controller.js';
import { WearerCopies } from './erasures/wearer-copies.js';
import { MasterKeyRecord } from './erasures/master-key-record.js';
import { readTables } from './replay.js';
import { ImportedStaffIds } from './staff/imported-staff-ids.js';
import { StaffImportController } from './staff/staff-import.controller.js';
import { StaffListQuery } from './staff/staff-list.query.js';
import { StaffOffice } from './staff/staff-office.js';
import { StaffController } from './staff/staff.controller.js';

@Module({})
export class AppModule {
  static with(config: GridConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ServiceKitModule.forRoot({
          ...readTables,
          config,
          migrationsDir: fileURLToPath(new URL('../migrations', import.meta.url)),
          relayTopic: TOPICS.gridEvents,
        }),
      ],
      controllers: [AreaImportController, AreasController, StaffImportController, StaffController, ErasuresController],
      providers: [
        { provide: GRID_CONFIG, useValue: config },
        AreaBoundaryQuery,
        AreaImporter,
        AreaListQuery,
        AreaRegister,
        ErasureDesk,
        ErasureExecutor,
        ImportedStaffIds,
        MasterKeyRecord,
        StaffListQuery,
        StaffOffice,
        WearerCopies,
      ],
    };
  }
}
