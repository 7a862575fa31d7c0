import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { Roles } from '@brain/auth';
import { CurrentRequest, type RequestContext } from '@brain/service-kit';
import type { Response } from 'express';
import { ErasureDesk, type ErasureView } from './erasure-desk.js';
import { MAY_ERASE } from './erasure-roles.js';

const ACCEPTED = 202;
const OK = 200;

/** 注销 a person, in two voices. */
@Controller('api/people')
@Roles(...MAY_ERASE)
export class ErasuresController {
  constructor(private readonly desk: ErasureDesk) {}

  /** 202: asked for, another person must agree. 200: they did. */
  @Post(':id/erase')
  async erase(
    @Param('id') id: string,
    @CurrentRequest() request: RequestContext,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ErasureView> {
    const erasure = await this.desk.ask(id, request);
    response.status(erasure.state === 'requested' ? ACCEPTED : OK);
    return erasure;
  }

  @Get(':id/erasure')
  show(@Param('id') id: string, @CurrentRequest() { actor }: RequestContext): Promise<ErasureView> {
    return this.desk.show(id, actor);
  }
}
