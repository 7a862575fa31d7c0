import { Injectable } from '@nestjs/common';
import { DomainError, type AreaKind } from '@brain/contracts';
import { containsPoint, depthOf } from '@brain/geo';
import { Database } from '@brain/service-kit';
import { featureOf, type AreaFeature, type AreaFeatureRow } from './area-feature.js';

const COLUMNS = `code, name, kind, parent_code AS "parentCode", edition, valid_from AS "validFrom", invented, boundary`;
const HOLDS_AT = (at: string) => `valid_from <= ${at} AND (valid_until IS NULL OR valid_until > ${at})`;
const EDITIONS = 'area_boundary JOIN area_list USING (code)';

@Injectable()
export class AreaBoundaryQuery {
  constructor(private readonly database: Database) {}

  /** The outline that holds at that time; refuses with BOUNDARY_UNKNOWN. */
  async at(code: string, at: string): Promise<AreaFeature> {
    const [row] = await this.database.query<AreaFeatureRow>(
      `SELECT ${COLUMNS} FROM ${EDITIONS} WHERE code = $1 AND ${HOLDS_AT('$2')}`,
      [code, at],
    );
    if (row === undefined) throw new DomainError('BOUNDARY_UNKNOWN', `Area ${code} has no outline at ${at}`);
    return featureOf(row);
  }

  /** Outlines below an area, those of one kind or down to so many levels. */
  async below(code: string, at: string, { kind, depth }: { kind?: AreaKind | undefined; depth: number }): Promise<AreaFeature[]> {
    const rows = await this.database.query<AreaFeatureRow>(
      `SELECT ${COLUMNS} FROM ${EDITIONS}
       WHERE starts_with(code, $1 || CASE WHEN length($1) < 15 THEN '' ELSE '-' END) AND code <> $1
         AND ${HOLDS_AT('$2')} AND ($3::text IS NULL OR kind = $3) ORDER BY code`,
      [code, at, kind ?? null],
    );
    const deepest = kind === undefined ? depthOf(code) + depth : Infinity;
    return rows.filter((row) => depthOf(row.code) <= deepest).map(featureOf);
  }

  /** The codes of the areas that hold the point at that time, county first. */
  async locate(lng: number, lat: number, at: string): Promise<readonly string[]> {
    const rows = await this.database.query<Pick<AreaFeatureRow, 'code' | 'boundary'>>(
      `SELECT code, boundary FROM area_boundary WHERE bounds @> point($1, $2) AND ${HOLDS_AT('$3')}`,
      [lng, lat, at],
    );
    return rows
      .filter(({ boundary }) => containsPoint(boundary, lng, lat))
      .map(({ code }) => code)
      .toSorted((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1));
  }
}
