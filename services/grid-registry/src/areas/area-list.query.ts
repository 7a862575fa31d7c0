import { Injectable } from '@nestjs/common';
import { DomainError, type AreaKind, type AreaView } from '@brain/contracts';
import { Database, decodeCursor, page, type Page } from '@brain/service-kit';

/** An area as the API shows it. */
export interface ListedArea extends AreaView {
  readonly revision: number;
}

export interface AreaFilter {
  /** Null: counties, which have no parent. Absent: anywhere. */
  readonly parentCode?: string | null;
  readonly kind?: AreaKind | undefined;
  readonly q?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const COLUMNS = 'code, kind, name, parent_code AS "parentCode", has_boundary AS "hasBoundary", revision';

@Injectable()
export class AreaListQuery {
  constructor(private readonly database: Database) {}

  /** Refuses with AREA_UNKNOWN. */
  async get(code: string): Promise<ListedArea> {
    const [area] = await this.withCodes([code]);
    if (area === undefined) throw new DomainError('AREA_UNKNOWN', `There is no area ${code}`);
    return area;
  }

  /** By code, which is parents first. */
  withCodes(codes: readonly string[]): Promise<ListedArea[]> {
    return this.database.query<ListedArea>(`SELECT ${COLUMNS} FROM area_list WHERE code = ANY ($1) ORDER BY code`, [codes]);
  }

  async list({ parentCode, kind, q, limit, cursor }: AreaFilter): Promise<Page<ListedArea>> {
    const [after] = decodeCursor(cursor, 1) ?? [''];
    const rows = await this.database.query<ListedArea>(
      `SELECT ${COLUMNS} FROM area_list
       WHERE code > $1 AND ($2 OR parent_code IS NOT DISTINCT FROM $3)
         AND ($4::text IS NULL OR kind = $4) AND ($5::text IS NULL OR strpos(name, $5) > 0 OR starts_with(code, $5))
       ORDER BY code LIMIT $6`,
      [after, parentCode === undefined, parentCode ?? null, kind ?? null, q ?? null, limit + 1],
    );
    return page(rows, limit, ({ code }) => [code]);
  }
}
