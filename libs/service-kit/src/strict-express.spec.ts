import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { Controller, Get, Module, Param } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { otherSpellings, runningRoutes } from '@brain/testing';
import { strictExpress } from './strict-express.js';

@Controller('api/cases')
class Cases {
  @Get(':caseId/history')
  history(@Param('caseId') caseId: string): { readonly caseId: string } {
    return { caseId };
  }
}

@Module({ controllers: [Cases] })
class Service {}

describe('the router of a service', () => {
  let app: NestExpressApplication;
  let port: number;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(Service, new ExpressAdapter(strictExpress()), { logger: false });
    await app.listen(0, '127.0.0.1');
    port = Number(new URL(await app.getUrl()).port);
  });
  afterAll(async () => {
    await app.close();
  });

  const get = async (path: string): Promise<number> => {
    const request = httpRequest({ host: '127.0.0.1', port, path }).end();
    const [response] = (await once(request, 'response')) as [{ readonly statusCode: number; resume: () => void }];
    response.resume();
    return response.statusCode;
  };

  it('tells which routes it has', () => {
    expect(runningRoutes(app.getHttpAdapter().getInstance())).toEqual([{ method: 'GET', path: '/api/cases/:caseId/history' }]);
  });

  it('takes a route in one spelling alone; what differs is the value of a parameter', async () => {
    expect(await get('/api/cases/7/history')).toBe(200);
    const taken: string[] = [];
    for (const spelling of otherSpellings('/api/cases/7/history')) if ((await get(spelling)) === 200) taken.push(spelling);
    expect(taken).toEqual(['/api/cases/%37/history', '/api/cases/%2537/history']);
  });
});
