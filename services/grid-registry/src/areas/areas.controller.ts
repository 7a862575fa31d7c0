import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { AnyRole } from '@brain/auth';
import { anyInstant, areaKind, DomainError } from '@brain/contracts';
import { kindOf } from '@brain/geo';
import { AnswersThePast, CurrentRequest, listQuery, queryNumber, withRevision, type Page, type RequestContext } from '@brain/service-kit';
import type { Response } from 'express';
import { z } from 'zod';
import { AreaBoundaryQuery } from './area-boundary.query.js';
import type { AreaFeature } from './area-feature.js';
import { AreaListQuery, type ListedArea } from './area-list.query.js';

const at = anyInstant.optional();
const areasQuery = listQuery.extend({ kind: areaKind.optional(), q: z.string().min(1).max(100).optional() });
const childrenQuery = listQuery.extend({ kind: areaKind.optional() });
const atQuery = z.object({ at });
const boundariesQuery = z.object({ at, kind: areaKind.optional(), depth: z.coerce.number().int().min(1).max(6).default(1) });
const locateQuery = z.object({
  lng: queryNumber(z.coerce.number().min(-180).max(180)),
  lat: queryNumber(z.coerce.number().min(-90).max(90)),
  at,
});

/**
 * The map of the district: no personal data, so every signed-in person may read all of it. An outline says itself from
 * when on it holds, so `at` asks for the one of that day as known now, and with `as=recorded` as known then.
 */
@Controller('api/areas')
@AnyRole('the map of the district holds no personal data')
export class AreasController {
  constructor(
    private readonly areas: AreaListQuery,
    private readonly boundaries: AreaBoundaryQuery,
  ) {}

  @Get()
  @AnswersThePast()
  list(@Query({ schema: areasQuery }) query: z.infer<typeof areasQuery>): Promise<Page<ListedArea>> {
    return this.areas.list(query);
  }

  @Get('locate')
  @AnswersThePast({ onlyAs: 'recorded' })
  async locate(
    @Query({ schema: locateQuery }) { lng, lat, at }: z.infer<typeof locateQuery>,
    @CurrentRequest() { now }: RequestContext,
  ): Promise<{ area: ListedArea; chain: readonly ListedArea[] }> {
    const codes = await this.boundaries.locate(lng, lat, at ?? now);
    const found = await this.areas.withCodes(codes);
    const chain = codes.flatMap((code) => found.filter((area) => area.code === code));
    const area = chain.at(-1);
    if (area === undefined) throw new DomainError('LOCATION_UNKNOWN', 'No area holds this place');
    return { area, chain };
  }

  @Get(':code')
  @AnswersThePast()
  async get(@Param('code') code: string, @Res({ passthrough: true }) response: Response): Promise<ListedArea> {
    return withRevision(response, await this.areas.get(checked(code)));
  }

  @Get(':code/children')
  @AnswersThePast()
  async children(
    @Param('code') code: string,
    @Query({ schema: childrenQuery }) query: z.infer<typeof childrenQuery>,
  ): Promise<Page<ListedArea>> {
    await this.areas.get(checked(code));
    return this.areas.list({ ...query, parentCode: code });
  }

  @Get(':code/boundary')
  @AnswersThePast({ onlyAs: 'recorded' })
  async boundary(
    @Param('code') code: string,
    @Query({ schema: atQuery }) { at }: z.infer<typeof atQuery>,
    @CurrentRequest() { now }: RequestContext,
  ): Promise<AreaFeature> {
    await this.areas.get(checked(code));
    return this.boundaries.at(code, at ?? now);
  }

  /** For the map: outlines below an area, of one kind or down to `depth` levels. */
  @Get(':code/boundaries')
  @AnswersThePast({ onlyAs: 'recorded' })
  async below(
    @Param('code') code: string,
    @Query({ schema: boundariesQuery }) { at, kind, depth }: z.infer<typeof boundariesQuery>,
    @CurrentRequest() { now }: RequestContext,
  ): Promise<{ type: 'FeatureCollection'; features: readonly AreaFeature[] }> {
    await this.areas.get(checked(code));
    return { type: 'FeatureCollection', features: await this.boundaries.below(code, at ?? now, { kind, depth }) };
  }
}

/** Refuses with AREA_CODE_INVALID what could never be an area. */
function checked(code: string): string {
  kindOf(code);
  return code;
}
